using DataExport.Grains.Ports;

namespace DataExport.Grains.Confirming;

/// <summary>
/// One round of questions: deltas for tables with many, one fetch for the rest of all tables together.
/// </summary>
internal sealed class ConfirmRound(IProfileRuntime runtime, IGrainFactory grains, ConfirmOptions options)
{
    /// <summary>What hindered the round, or <see langword="null"/>.</summary>
    public string? Message { get; private set; }

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
        var questions = await ReadQuestionsAsync(counts.Keys, before, cancellationToken);
        return questions.Count == 0 ? 0 : await FetchAsync(questions, cancellationToken);
    }

    /// <summary>
    /// One table after the other: all at once would be a burst of pages in which the rows of messages wait.
    /// </summary>
    private async Task PullDeltasAsync(
        IReadOnlyDictionary<string, long> counts, CancellationToken cancellationToken)
    {
        foreach (var (table, count) in counts)
        {
            if (count > options.DeltaAboveQuestions)
            {
                await grains.GetGrain<ITableSyncGrain>($"{runtime.Profile.Id}/{table}")
                    .DeltaNowAsync(cancellationToken);
            }
        }
    }

    /// <summary>
    /// The oldest questions of each table, as far as one fetch takes them. Younger ones than the round wait for the
    /// next: a delta of this round may hold their answer.
    /// </summary>
    private async Task<List<IReadOnlyList<PendingQuestion>>> ReadQuestionsAsync(
        IEnumerable<string> tables, DateTime before, CancellationToken cancellationToken)
    {
        var groups = new List<IReadOnlyList<PendingQuestion>>();
        var places = options.FetchRecordsMax;
        foreach (var table in tables)
        {
            if (places == 0)
            {
                break;
            }

            var asked = await runtime.Target.ReadPendingAsync(table, before, places, cancellationToken);
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
            Message ??= outcome.Message;
            await runtime.WriteEvidenceAsync(outcome.Items, cancellationToken);
            asked += outcome.Items.Count;
        }

        return asked;
    }
}
