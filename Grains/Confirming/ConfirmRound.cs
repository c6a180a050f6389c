using DataExport.Grains.Ports;
using DataExport.Grains.Telemetry;

namespace DataExport.Grains.Confirming;

/// <summary>
/// One round of questions: deltas for tables with many, one fetch for the rest of all tables together.
/// </summary>
internal sealed class ConfirmRound(
    IProfileRuntime runtime,
    IGrainFactory grains,
    ConfirmOptions options,
    SetAsideQuestions setAside,
    TimeProvider clock)
{
    private readonly SetQuestions _sets = new(runtime, options, setAside);

    /// <summary>What hinders questions now, or <see langword="null"/>.</summary>
    public string? Message => setAside.Message;

    /// <summary>Asks once. Returns how many questions were taken up by a fetch.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var counts = await runtime.Target.CountPendingAsync(cancellationToken);
        runtime.PendingCounted(counts, await ReadOldestAsync(counts, cancellationToken));
        setAside.BeginRound(counts);
        if (counts.Values.All(static count => count == 0))
        {
            return 0;
        }

        using var span = PathTrace.BeginRoot("confirm round", runtime.Profile.Id);
        _ = span?.SetTag("questions", counts.Values.Sum());
        var before = await runtime.Target.GetUtcNowAsync(cancellationToken);
        await PullDeltasAsync(counts, cancellationToken);
        var questions = await ReadQuestionsAsync(counts, before, cancellationToken);
        var sets = await _sets.ReadAsync(await TablesOfSetsAsync(counts), before, cancellationToken);
        return questions.Count + sets.Count == 0 ? 0 : await FetchAsync(questions, sets, cancellationToken);
    }

    /// <summary>When the oldest question of each table was put; tables without one are left out.</summary>
    private async Task<IReadOnlyDictionary<string, DateTime>> ReadOldestAsync(
        IReadOnlyDictionary<string, long> counts, CancellationToken cancellationToken)
    {
        var oldest = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        foreach (var (table, _) in counts.Where(static count => count.Value > 0))
        {
            var questions = await runtime.Target.ReadPendingAsync(table, 0, DateTime.MaxValue, 1, cancellationToken);
            var sets = await runtime.Target.ReadPendingSetsAsync(table, 0, DateTime.MaxValue, 1, cancellationToken);
            var askedOn = questions.Count > 0 ? questions[0].AskedOn : DateTime.MaxValue;
            if (sets.Count > 0 && sets[0].AskedOn < askedOn)
            {
                askedOn = sets[0].AskedOn;
            }

            if (askedOn < DateTime.MaxValue)
            {
                oldest[table] = askedOn;
            }
        }

        return oldest;
    }

    /// <summary>
    /// One table after the other: all at once would be a burst of pages in which the rows of messages wait.
    /// </summary>
    private async Task PullDeltasAsync(
        IReadOnlyDictionary<string, long> counts, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.DeltaTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        foreach (var (table, count) in counts)
        {
            // One whose questions even a fetch did not settle just now has had its delta too.
            // A table without change tracking has none: all its rows would be compared.
            if (count > options.DeltaAboveQuestions
                && setAside.NumberOf(table) == 0
                && runtime.Tables.GetValueOrDefault(table) is not { IsUntracked: true })
            {
                await PullDeltaAsync(table, either.Token);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Sets too large for a fetch wait for the table's delta. One that has none now, since it is being loaded, must
    /// neither hold up all other questions nor be read again in every round.
    /// </summary>
    private async Task PullDeltaForAsync(IReadOnlyList<PendingSet> sets, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.DeltaTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await PullDeltaAsync(sets[0].Table, either.Token);
        cancellationToken.ThrowIfCancellationRequested();
        await _sets.SetAsideUnlessSettledAsync(sets, cancellationToken);
    }

    private async Task PullDeltaAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            await SyncOf(table).DeltaNowAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is ProfileException or OperationCanceledException)
        {
            // A delta only spares fetches. One table without it must not keep the questions of all others waiting; the
            // table's own report says what it lacks.
        }
    }

    /// <summary>
    /// The oldest questions of each table, as far as one fetch takes them; no table takes more than its share of what
    /// is left. Younger ones than the round wait for the next: a delta of this round may hold their answer.
    /// </summary>
    private async Task<List<IReadOnlyList<PendingQuestion>>> ReadQuestionsAsync(
        IReadOnlyDictionary<string, long> counts, DateTime before, CancellationToken cancellationToken)
    {
        var groups = new List<IReadOnlyList<PendingQuestion>>();
        var places = options.FetchRecordsMax;

        // Few questions first: what they leave of their share goes to the tables with many.
        var tables = counts.Where(static table => table.Value > 0).OrderBy(static table => table.Value).ToArray();
        for (var index = 0; index < tables.Length && places > 0; index++)
        {
            var table = tables[index].Key;
            var share = Math.Max(1, places / (tables.Length - index));
            var asked = await runtime.Target.ReadPendingAsync(
                table, setAside.NumberOf(table), before, share, cancellationToken);
            if (asked.Count > 0)
            {
                groups.Add(asked);
                places -= asked.Count;
            }
        }

        return groups;
    }

    /// <summary>
    /// Tables whose sets may be asked about. Not while a delta of the table is read: a row that it has on its way may
    /// have left its set since, and would be back after the set was settled. A delta that begins after this look is
    /// newer than every question of the round.
    /// </summary>
    private async Task<List<TableDefinition>> TablesOfSetsAsync(IReadOnlyDictionary<string, long> counts)
    {
        var tables = new List<TableDefinition>();
        foreach (var table in runtime.Tables.Values)
        {
            if (!table.SetColumns.IsEmpty
                && counts.GetValueOrDefault(table.Name) > 0
                && !await SyncOf(table.Name).IsReadingDeltaAsync())
            {
                tables.Add(table);
            }
        }

        return tables;
    }

    private ITableSyncGrain SyncOf(string table) =>
        grains.GetGrain<ITableSyncGrain>($"{runtime.Profile.Id}/{table}");

    private async Task<int> FetchAsync(
        List<IReadOnlyList<PendingQuestion>> groups,
        List<IReadOnlyList<PendingSet>> sets,
        CancellationToken cancellationToken)
    {
        var requests = groups.ConvertAll(group => new FetchRequest(
            runtime.Tables[group[0].Table], [.. group.Select(question => question.RecordId)]));
        requests.AddRange(sets.Select(_sets.ToRequest));
        var began = await runtime.Target.GetUtcNowAsync(cancellationToken);
        var answers = await runtime.Source.FetchAsync(requests, cancellationToken);
        var asked = await WriteAnswersAsync(groups, answers, cancellationToken);
        for (var index = 0; index < sets.Count; index++)
        {
            asked += sets[index].Count;
            if (!await _sets.AnswerAsync(sets[index], answers[groups.Count + index], began, cancellationToken))
            {
                await PullDeltaForAsync(sets[index], cancellationToken);
            }
        }

        return asked;
    }

    private async Task<int> WriteAnswersAsync(
        List<IReadOnlyList<PendingQuestion>> groups,
        IReadOnlyList<FetchedTable> answers,
        CancellationToken cancellationToken)
    {
        var asked = 0;
        for (var index = 0; index < groups.Count; index++)
        {
            var (group, answer) = (groups[index], answers[index]);
            var outcome = FetchAnswers.ToEvidence(group, answer, options.UnannouncedDeletionsMax);
            var (_, rejected) = await runtime.WriteEvidenceAsync(outcome.Items, cancellationToken, setAside.Logged);
            if ((outcome.Message ?? MessageFor(answer.Table, rejected)) is { } message)
            {
                setAside.Add(answer.Table, group[^1].Number, message);
            }

            asked += outcome.Items.Count;
        }

        return asked;
    }

    private static string? MessageFor(string table, int rejected) => rejected == 0
        ? null
        : $"Table '{table}': the target rejects {rejected} records that the source confirmed; see the failure log.";
}
