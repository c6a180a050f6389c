using System.Collections.Immutable;

namespace DataExport.Grains.Ports;

/// <summary>Writes evidence to a profile's target in batches, each batch in one transaction. Thread-safe.</summary>
public interface IChangeWriter
{
    /// <summary>
    /// Completes when the batch that holds <paramref name="item"/> is committed or refused. Outages are waited out; the
    /// answer is <see cref="ApplyStatus.Unavailable"/> only when the silo stops.
    /// </summary>
    ValueTask<ApplyResult> WriteAsync(MergeItem item, CancellationToken cancellationToken);

    /// <summary>
    /// Writes many items that yield to those of <see cref="WriteAsync"/>: pages, delta pages, fetch answers. One result
    /// an item, in the same order.
    /// </summary>
    Task<IReadOnlyList<ApplyResult>> WriteManyAsync(
        IReadOnlyList<MergeItem> items, CancellationToken cancellationToken);
}

/// <summary>Keeps what the target rejected: which record, when, why; nothing of its data.</summary>
public interface IFailedRecordLog
{
    /// <summary>Records a rejection durably.</summary>
    Task AppendAsync(RecordKey key, ChangeKind? kind, string reason, CancellationToken cancellationToken);

    /// <summary>How many were recorded since the silo started.</summary>
    long Count { get; }
}

/// <summary>Opens the failure logs of profiles.</summary>
public interface IFailedRecordLogs
{
    /// <summary>The profile's log; the same instance for the same profile.</summary>
    IFailedRecordLog For(string profileId);
}

/// <summary>What this silo holds open for one active profile.</summary>
public interface IProfileRuntime
{
    /// <summary>The profile, with its secrets.</summary>
    ExportProfile Profile { get; }

    /// <summary>Its tables by logical name.</summary>
    IReadOnlyDictionary<string, TableDefinition> Tables { get; }

    /// <summary>Its target.</summary>
    ITarget Target { get; }

    /// <summary>Its source.</summary>
    ISourceEnvironment Source { get; }

    /// <summary>The way into the target for everything that has a record.</summary>
    IChangeWriter Writer { get; }

    /// <summary>Where rejected records go.</summary>
    IFailedRecordLog FailedRecords { get; }

    /// <summary>Whether messages come faster than they are written: what can wait then lets them pass.</summary>
    bool IsBusy { get; }

    /// <summary>
    /// Takes the present count of questions by table and when the oldest of each table was put (UTC), for gauges.
    /// Empty: this silo asks no more.
    /// </summary>
    void PendingCounted(
        IReadOnlyDictionary<string, long> byTable, IReadOnlyDictionary<string, DateTime> oldestByTable);

    /// <summary>Takes what a table is at, for gauges; <see langword="null"/>: it no longer runs in this silo.</summary>
    void TableTold(string table, TableSyncState? state);
}

/// <summary>Opens and keeps the runtimes of profiles, one a profile and silo.</summary>
public interface IProfileRuntimes
{
    /// <summary>The runtime of an active profile, opened when first asked for.</summary>
    /// <exception cref="ProfileException">The profile is not active.</exception>
    ValueTask<IProfileRuntime> GetAsync(string profileId, CancellationToken cancellationToken);

    /// <summary>Opens the runtime of a profile that is being activated.</summary>
    Task<IProfileRuntime> OpenAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken);

    /// <summary>
    /// From now on nothing waits for the profile's target while that is away; it is to be closed soon. Nothing happens
    /// when none is open.
    /// </summary>
    Task StopWaitingAsync(string profileId);

    /// <summary>Writes what is queued and closes the runtime of a profile. Nothing happens when none is open.</summary>
    Task CloseAsync(string profileId);
}
