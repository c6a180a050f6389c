using System.Text;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// One table as the merge sees it: its rows, and what is remembered of it so that the merge need not ask. What is
/// remembered is forgotten whenever a transaction is rolled back or another process has written.
/// </summary>
internal sealed class TableWriter(TargetTable table, TableRows rows)
{
    private long _highestVersion;

    /// <summary>The table's logical name.</summary>
    public string Name => Table.Definition.Name;

    /// <summary>The table's logical name as statements take it.</summary>
    public byte[] NameUtf8 { get; } = Encoding.UTF8.GetBytes(table.Definition.Name);

    /// <summary>The table of the target.</summary>
    public TargetTable Table => table;

    /// <summary>Its rows.</summary>
    public TableRows Rows => rows;

    /// <summary>Whether the rest is known.</summary>
    public bool IsRemembered { get; private set; }

    /// <summary>Whether the table's initial sync runs.</summary>
    public bool IsLoading { get; set; }

    /// <summary>Whether any record of the table was ever deleted.</summary>
    public bool HasTombstones { get; set; }

    /// <summary>How many questions the table has.</summary>
    public long PendingCount { get; set; }

    /// <summary>The highest version number known of the table.</summary>
    public long HighestVersion => _highestVersion;

    /// <summary>Whether <see cref="HighestVersion"/> has grown since it was saved.</summary>
    public bool IsHighestVersionNew { get; set; }

    /// <summary>Takes note of a version number that the source has given.</summary>
    public void Learn(VersionNumber version)
    {
        if (version.Value > _highestVersion)
        {
            (_highestVersion, IsHighestVersionNew) = (version.Value, true);
        }
    }

    /// <summary>Starts over from what is committed.</summary>
    public void Remember(bool isLoading, bool hasTombstones, long pendingCount, long highestVersion)
    {
        (IsLoading, HasTombstones, PendingCount) = (isLoading, hasTombstones, pendingCount);
        (_highestVersion, IsHighestVersionNew, IsRemembered) = (highestVersion, false, true);
    }

    /// <summary>Forgets, so that it is read again.</summary>
    public void Forget() => IsRemembered = false;
}
