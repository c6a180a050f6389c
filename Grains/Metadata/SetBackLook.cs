using DataExport.Grains.Ports;

namespace DataExport.Grains.Metadata;

/// <summary>
/// Looks whether an environment was set back to an earlier state. Its versions only grow: one that shows the record of
/// the highest version known with a lower one, or not at all while its change feed knows of no deletion, was.
/// </summary>
/// <remarks>
/// Nothing else would tell. A delta link of later versions stays silent until those have come again, and what changes
/// before that would be missed without a trace.
/// </remarks>
internal sealed class SetBackLook(ISourceEnvironment source, IGrainFactory grains)
{
    /// <summary>
    /// Tables whose newest records are looked at. The newest of all is enough, unless it was deleted since; of a
    /// profile that mostly creates, the newest of some tables did not exist in the earlier state.
    /// </summary>
    private const int TablesMax = 20;

    // What one look sees may be an answer that overtook another. What two in a row see stands.
    private bool _isSeen;

    /// <summary>Looks once.</summary>
    /// <param name="runtime">The profile's target and tables.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>By what it is seen, in words; <see langword="null"/> if it is not.</returns>
    public async Task<string?> LookAsync(IProfileRuntime runtime, CancellationToken cancellationToken)
    {
        var newest = NewestOf(await runtime.Target.ReadSyncStatesAsync(cancellationToken), runtime.Tables);
        if (newest.Length == 0)
        {
            return null;
        }

        var requests = newest.Select(state => new FetchRequest(runtime.Tables[state.Table], [state.NewestId!.Value]));
        var answers = await source.FetchAsync([.. requests], cancellationToken);
        string? found = null;
        for (var index = 0; index < newest.Length && found is null; index++)
        {
            found = await EvidenceOfAsync(runtime, newest[index], answers[index], cancellationToken);
        }

        var isSeenAgain = _isSeen && found is not null;
        _isSeen = found is not null;
        return isSeenAgain ? found : null;
    }

    private static TableSyncState[] NewestOf(
        IReadOnlyList<TableSyncState> states, IReadOnlyDictionary<string, TableDefinition> tables) =>
        [.. states.Where(state => state.NewestId is not null
                && tables.TryGetValue(state.Table, out var table) && !table.IsElastic)
            .OrderByDescending(static state => state.NewestVersion.Value).Take(TablesMax)];

    private async Task<string?> EvidenceOfAsync(
        IProfileRuntime runtime, TableSyncState newest, FetchedTable answer, CancellationToken cancellationToken)
    {
        if (VersionIn(answer) is { } version)
        {
            return newest.NewestVersion.IsNewerThan(version)
                ? $"record {newest.NewestId} of table '{newest.Table}' has version {version} and had "
                    + $"{newest.NewestVersion}."
                : null;
        }

        return answer.IsWholeTableReadable && await IsUnannouncedAsync(runtime, newest, cancellationToken)
            ? $"record {newest.NewestId} of table '{newest.Table}' is gone, and the table's changes hold no deletion."
            : null;
    }

    private static VersionNumber? VersionIn(FetchedTable answer) => answer switch
    {
        { Rows: [var row, ..] } => row.Version,
        { Outside: [var row, ..] } => row.Version,
        _ => null,
    };

    /// <summary>Whether the target still has the record after a delta that began when it was gone.</summary>
    private async Task<bool> IsUnannouncedAsync(
        IProfileRuntime runtime, TableSyncState newest, CancellationToken cancellationToken)
    {
        if (runtime.Tables[newest.Table].IsUntracked || !await IsHeldAsync(runtime, newest, cancellationToken))
        {
            return false;
        }

        await grains.GetGrain<ITableSyncGrain>($"{runtime.Profile.Id}/{newest.Table}")
            .DeltaNowAsync(cancellationToken);
        return await HadDeltaSinceAsync(runtime, newest, cancellationToken)
            && await IsHeldAsync(runtime, newest, cancellationToken);
    }

    /// <summary>A table that is stopped, or read anew, answers at once and without one.</summary>
    private static async Task<bool> HadDeltaSinceAsync(
        IProfileRuntime runtime, TableSyncState before, CancellationToken cancellationToken)
    {
        var states = await runtime.Target.ReadSyncStatesAsync(cancellationToken);
        return states.Any(now => now.Table == before.Table
            && now.Phase is TableSyncPhase.Delta
            && now.NewestId == before.NewestId
            && now.LastDeltaOn > (before.LastDeltaOn ?? DateTime.MinValue));
    }

    private static async Task<bool> IsHeldAsync(
        IProfileRuntime runtime, TableSyncState newest, CancellationToken cancellationToken)
    {
        var held = await runtime.Target.ReadHeldAsync(newest.Table, [newest.NewestId!.Value], cancellationToken);
        return held[0] is { IsRow: true, IsAsked: false };
    }
}
