using Orleans.Reminders;

namespace Orleans.Runtime;

/// <summary>Hands out references; knows which class implements which interface.</summary>
internal sealed class GrainFactory : IClusterClient
{
    private readonly Silo _silo;
    private readonly Dictionary<Type, GrainInterface> _interfaces = [];
    private readonly Dictionary<GrainType, GrainClass> _classes = [];

    public GrainFactory(Silo silo, GrainManifestBuilder manifest)
    {
        _silo = silo;
        foreach (var (type, createProxy) in manifest.Interfaces)
        {
            _interfaces.Add(type, new GrainInterface(type, createProxy));
        }

        _interfaces.Add(
            typeof(IRemindable), new GrainInterface(typeof(IRemindable), static one => new RemindableReference(one)));

        Classes = [.. manifest.Classes.Select(entry => new GrainClass(silo, entry.Key, entry.Value))];
        foreach (var grainClass in Classes)
        {
            _classes.TryAdd(grainClass.Type, grainClass);
            foreach (var grainInterface in grainClass.Interfaces)
            {
                _interfaces.GetValueOrDefault(grainInterface)?.Add(grainClass);
            }
        }
    }

    public IReadOnlyList<GrainClass> Classes { get; }

    public IServiceProvider ServiceProvider => _silo.Services;

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        Create<TGrainInterface>(GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        Create<TGrainInterface>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Create<TGrainInterface>(IdSpan.Create(primaryKey), grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(
        Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyExtension);
        return Create<TGrainInterface>(
            GrainIdKeyExtensions.CreateGuidKey(primaryKey, keyExtension), grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(
        long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyExtension);
        return Create<TGrainInterface>(
            GrainIdKeyExtensions.CreateIntegerKey(primaryKey, keyExtension), grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        _classes.TryGetValue(grainId.Type, out var grainClass)
            ? grainClass.CreateReference<TGrainInterface>(grainId.Key.ToString())
            : throw new ArgumentException($"Could not find an implementation for grain type {grainId.Type}");

    public GrainReference CreateProxy(Type grainInterface, GrainReferenceSource source) =>
        _interfaces.TryGetValue(grainInterface, out var known)
            ? known.CreateProxy(source)
            : throw new ArgumentException($"Could not find an implementation for interface {grainInterface}");

    private TGrainInterface Create<TGrainInterface>(IdSpan key, string? grainClassNamePrefix)
    {
        if (!_interfaces.TryGetValue(typeof(TGrainInterface), out var grainInterface))
        {
            throw new ArgumentException($"Could not find an implementation for interface {typeof(TGrainInterface)}");
        }

        var grainClass = grainInterface.GetClass(grainClassNamePrefix);
        return (TGrainInterface)(object)grainInterface.CreateProxy(
            new GrainReferenceSource(grainClass, key.ToString()));
    }
}
