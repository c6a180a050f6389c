using DataExport.Grains.Ports;

namespace DataExport.Targets;

/// <summary>Opens targets of one engine.</summary>
internal interface ITargetEngine : ITargetFactory
{
    /// <summary>The <see cref="ExportProfile.DestinationType"/>s that are served here, in lower case.</summary>
    IReadOnlyList<string> DestinationTypes { get; }
}
