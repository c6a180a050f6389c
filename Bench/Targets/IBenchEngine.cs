using DataExport.Grains.Ports;

namespace DataExport.Bench.Targets;

/// <summary>
/// An engine under measurement: the product's target, and the ceiling in a table of the same make beside it.
/// </summary>
internal interface IBenchEngine : IAsyncDisposable
{
    /// <summary>Its name in the measures.</summary>
    string Name { get; }

    /// <summary>Processor time that a server of the engine has used; nothing if it runs in this process.</summary>
    TimeSpan ServerCpu => TimeSpan.Zero;

    /// <summary>Makes a table ready for both.</summary>
    Task<ITarget> ProvisionAsync(TableDefinition table);

    /// <summary>Makes a batch ready for the ceiling, outside of what is measured.</summary>
    object Ready(MergeItem[] batch);

    /// <summary>
    /// The ceiling of a merge: the engine's quickest way to stage a batch, and one guarded statement.
    /// </summary>
    Task MergeRawAsync(object batch);

    /// <summary>The ceiling of a bulk load: the engine's quickest way into a table, a transaction a page.</summary>
    Task LoadRawAsync(object page);
}
