namespace Orleans.Runtime;

/// <summary>One grain interface of a silo, and the classes that implement it.</summary>
internal sealed class GrainInterface(Type type, Func<GrainReferenceSource, GrainReference> createProxy)
{
    private readonly List<GrainClass> _classes = [];
    private GrainClass? _primary;

    public void Add(GrainClass grainClass)
    {
        _classes.Add(grainClass);
        if (grainClass.Implementation.Name == type.Name[1..])
        {
            _primary = grainClass;
        }
    }

    public GrainReference CreateProxy(GrainReferenceSource source) => createProxy(source);

    /// <summary>The only class, or the one that is named as the interface, or the one that the prefix names.</summary>
    public GrainClass GetClass(string? prefix)
    {
        if (!string.IsNullOrWhiteSpace(prefix))
        {
            return GetClassByPrefix(prefix);
        }

        return (_primary, _classes.Count) switch
        {
            ({ } primary, _) => primary,
            (_, 1) => _classes[0],
            (_, 0) => throw new ArgumentException($"Could not find an implementation for interface {type}"),
            _ => throw Ambiguous(""),
        };
    }

    private GrainClass GetClassByPrefix(string prefix)
    {
        var candidates = _classes.FindAll(
            one => one.Implementation.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        var exact = candidates.Find(one => one.Implementation.FullName!.Length == prefix.Length);
        return (exact, candidates.Count) switch
        {
            ({ } match, _) => match,
            (_, 1) => candidates[0],
            (_, 0) => throw new ArgumentException(
                $"Could not find an implementation matching prefix \"{prefix}\" for interface {type}"),
            _ => throw Ambiguous($" with implementation prefix \"{prefix}\""),
        };
    }

    private ArgumentException Ambiguous(string condition) => new(
        $"Unable to identify a single appropriate grain type for interface {type}{condition}. "
        + $"Candidates: {string.Join(", ", _classes.Select(one => one.Implementation.FullName))}");
}
