using Orleans.Concurrency;

namespace DataExport;

/// <summary>
/// Notices when the environment's metadata changes, and has the profile take the change over. The key is the profile's
/// id.
/// </summary>
[Alias("DataExport.IMetadataGrain")]
public interface IMetadataGrain : IGrainWithStringKey
{
    /// <summary>Begins to look. Does nothing while it looks already.</summary>
    [Alias("Start")]
    Task StartAsync(ExportProfile profile);

    /// <summary>Gives up what is under way and stops looking. Interleaves, or it would wait for it.</summary>
    [AlwaysInterleave]
    [Alias("Stop")]
    Task StopAsync();

    /// <summary>What hinders the look, or what the profile cannot take over; or <see langword="null"/>.</summary>
    [AlwaysInterleave]
    [Alias("GetMessage")]
    Task<string?> GetMessageAsync();
}
