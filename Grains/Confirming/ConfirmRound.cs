using DataExport.Grains.Ports;

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
    /// <summary>What hinders questions now, or <see langword="null"/>.</summary>
    public string? Message => setAside.Message;

    /// <summary>Asks once. Returns how many questions were taken up by a fetch.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var counts = await runtime.Target.CountPendingAsync(cancellationToken);
        runtime.PendingCounted(counts);
        if (counts.Values.All(static count => count == 0))
        {
            return 0;
        }

        var before = await runtime.Target.GetUtcNowAsync(cancellationToken);
        await PullDeltasAsync(counts, cancellationToken);
        var questions = await ReadQuestionsAsync(counts, before, cancellationToken);
        return questions.Count == 0 ? 0 : await FetchAsync(questions, cancellationToken);
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
            if (count > options.DeltaAboveQuestions && setAside.NumberOf(table) == 0)
            {
                await PullDeltaAsync(table, either.Token);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task PullDeltaAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<ITableSyncGrain>($"{runtime.Profile.Id}/{table}").DeltaNowAsync(cancellationToken);
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

    private async Task<int> FetchAsync(
        List<IReadOnlyList<PendingQuestion>> groups, CancellationToken cancellationToken)
    {
        var requests = groups.ConvertAll(group => new FetchRequest(
            runtime.Tables[group[0].Table], [.. group.Select(question => question.RecordId)]));
        var answers = await runtime.Source.FetchAsync(requests, cancellationToken);
        var asked = 0;
        foreach (var group in groups)
        {
            var answer = answers.Single(each => each.Table == group[0].Table);
            var outcome = FetchAnswers.ToEvidence(group, answer, options.UnannouncedDeletionsMax);
            var rejected = await runtime.WriteEvidenceAsync(outcome.Items, cancellationToken, setAside.Logged);
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
