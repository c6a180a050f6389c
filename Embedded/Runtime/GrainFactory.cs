namespace Orleans.Runtime;

/// <summary>Hands out references; knows which class implements which interface.</summary>
internal sealed class GrainFactory : IClusterClient
{
    private readonly Silo _silo;
    private readonly Dictionary<Type, GrainInterface> _interfaces = [];

    public GrainFactory(Silo silo, GrainManifestBuilder manifest)
    {
        _silo = silo;
        foreach (var (type, createProxy) in manifest.Interfaces)
        {
            _interfaces.Add(type, new GrainInterface(type, createProxy));
        }

        Classes = [.. manifest.Classes.Select(entry => new GrainClass(silo, entry.Key, entry.Value))];
        foreach (var grainClass in Classes)
        {
            foreach (var grainInterface in grainClass.Interfaces)
            {
                _interfaces.GetValueOrDefault(grainInterface)?.Add(grainClass);
            }
        }
    }

    public IReadOnlyList<GrainClass> Classes { get; }

    public IServiceProvider ServiceProvider => _silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        if (!_interfaces.TryGetValue(typeof(TGrainInterface), out var grainInterface))
        {
            throw new ArgumentException($"Could not find an implementation for interface {typeof(TGrainInterface)}");
        }

        var grainClass = grainInterface.GetClass(grainClassNamePrefix);
        return (TGrainInterface)(object)grainInterface.CreateProxy(new GrainReferenceSource(grainClass, primaryKey));
    }

    public GrainReference CreateProxy(Type grainInterface, GrainReferenceSource source) =>
        _interfaces[grainInterface].CreateProxy(source);
}
