using DataExport.Grains.Ports;

namespace DataExport.Targets;

/// <summary>Opens a profile's target with the engine that its destination type names.</summary>
internal sealed class TargetFactory(IEnumerable<ITargetEngine> engines) : ITargetFactory
{
    private readonly ITargetEngine[] _engines = [.. engines];

    public ITarget Open(ExportProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var type = profile.DestinationType.ToLowerInvariant();
        var engine = Array.Find(_engines, engine => engine.DestinationTypes.Contains(type));
        return engine?.Open(profile) ?? throw new ProfileException(
            $"DestinationType '{profile.DestinationType}' is not known. Use one of: "
            + $"{string.Join(", ", _engines.SelectMany(static engine => engine.DestinationTypes))}.");
    }
}
