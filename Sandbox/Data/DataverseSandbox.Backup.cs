namespace DataExport.Sandbox;

// An environment that is set back to a backup: the same organization, and version numbers that come again.
public sealed partial class DataverseSandbox
{
    /// <summary>All records as they are. Nothing may change meanwhile.</summary>
    public SandboxBackup Backup() => new(Version, [.. _stores.Select(static store => store.Backup())]);

    /// <summary>Makes all records what they were, without events. Nothing may change meanwhile.</summary>
    public void SetBack(SandboxBackup backup)
    {
        ArgumentNullException.ThrowIfNull(backup);
        for (var index = 0; index < _stores.Length; index++)
        {
            _stores[index].SetBack(backup.Tables[index]);
        }

        _versions.SetBack(backup.Version);
    }
}

/// <summary>An environment's records at one time.</summary>
public sealed class SandboxBackup
{
    internal SandboxBackup(long version, TableBackup[] tables) => (Version, Tables) = (version, tables);

    /// <summary>The highest version number that was given out.</summary>
    public long Version { get; }

    internal TableBackup[] Tables { get; }
}
