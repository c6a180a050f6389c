using System.Globalization;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>Random evidence through the real merge and through an independent model: both must hold the same.</summary>
public abstract partial class TargetContract
{
    /// <summary>How many batches a schedule has.</summary>
    protected virtual int ModelSteps => 2_000;

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261124)]
    public Task Merge_RandomEvidence_HoldsWhatTheModelHolds(int seed) => RunModelAsync(Tables.Contact, seed);

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261126)]
    public Task Merge_RandomEvidenceOfAFilteredTable_HoldsWhatTheModelHolds(int seed) =>
        RunModelAsync(Tables.Contact with { Filter = "fullname ne null" }, seed);

    private async Task RunModelAsync(TableDefinition table, int seed)
    {
        await using var test = await StartAsync(table);
        test.PageRowsMin = 2;
        var schedule = new ModelSchedule(seed);
        var model = new ModelTarget(test.Clock.Round, isFiltered: table.Filter is not null);
        var outcomes = new HashSet<ApplyStatus>();
        for (var step = 0; step < ModelSteps; step++)
        {
            test.Clock.AdvanceMilliseconds(schedule.Next(4) is var kind and < 3 ? kind : schedule.Next(3000));
            if (step == ModelSteps / 3)
            {
                await test.EndLoadAsync();
                model.IsLoading = false;
            }

            if (schedule.Next(300) == 0)
            {
                await test.RestartAsync(table);
            }

            await StepAsync(test, schedule, model, outcomes);
            if (step % 100 == 0)
            {
                await CompareAsync(test, model);
            }
        }

        await CompareAsync(test, model);
        outcomes.ShouldBe([ApplyStatus.Applied, ApplyStatus.Superseded, ApplyStatus.Uncertain], ignoreOrder: true);
    }

    /// <summary>Merges a small batch: several items, sometimes of one record, sometimes a page.</summary>
    private static async Task StepAsync(
        TestTarget test, ModelSchedule schedule, ModelTarget model, HashSet<ApplyStatus> outcomes)
    {
        var questions = (await test.Target.ReadPendingAsync("contact", 0, DateTime.MaxValue, 100, default))
            .ToDictionary(q => q.RecordId);
        var numbers = questions.ToDictionary(q => q.Value.Number, q => model.Pending[q.Key].Number);
        var steps = schedule.Batch(test.Clock.Now, model.StampOf, questions);

        var results = await test.Target.MergeAsync([.. steps.Select(step => step.Item)], default);

        for (var index = 0; index < steps.Count; index++)
        {
            // Numbers are the target's own; the model counts for itself, so the fetch's number is translated.
            var (item, name, city) = steps[index];
            var number = numbers.TryGetValue(item.Evidence.QuestionNumber, out var known) ? known
                : numbers.TryGetValue(item.Evidence.QuestionNumber + 1, out known) ? known - 1 : 0;
            var evidence = item.Evidence with { QuestionNumber = number };
            var expected = model.Apply(item with { Evidence = evidence }, name, city, test.Clock.Now);
            results[index].Status.ShouldBe(expected, $"{item}");
            _ = outcomes.Add(expected);
        }
    }

    private static async Task CompareAsync(TestTarget test, ModelTarget model)
    {
        var rows = test.Rows("SELECT Id, fullname, city, modifiedon, versionnumber, SinkModifiedOn FROM crm_contact");
        rows.ToDictionary(
            row => Guid.Parse((string)row["Id"]!),
            row => new ModelRow(
                (string?)row["fullname"], (string?)row["city"], Time(row["modifiedon"]), (long?)row["versionnumber"],
                Time(row["SinkModifiedOn"])!.Value))
            .ShouldBe(model.Rows, ignoreOrder: true);

        test.Rows("SELECT * FROM crm_DeleteLog ORDER BY Id")
            .GroupBy(entry => Guid.Parse((string)entry["RecordId"]!))
            .ToDictionary(
                log => log.Key,
                log => string.Join(',', log.Select(Tombstone)))
            .ShouldBe(model.Log.ToDictionary(log => log.Key, log => string.Join(',', log.Value)), ignoreOrder: true);

        var questions = await test.Target.ReadPendingAsync("contact", 0, DateTime.MaxValue, 100, default);
        questions.Select(question => question.RecordId)
            .ShouldBe(model.Pending.OrderBy(question => question.Value.Number).Select(question => question.Key));
        foreach (var question in questions)
        {
            question.AskedOn.ShouldBe(model.Pending[question.RecordId].AskedOn);
            question.Stamp.ShouldBe(model.StampOf(question.RecordId));
            (question.Reason is not UncertainReason.Provisional).ShouldBe(model.Pending[question.RecordId].IsReal);
        }

        (await test.Target.CountPendingAsync(default))["contact"].ShouldBe(questions.Count);
    }

    private static ModelTombstone Tombstone(Dictionary<string, object?> entry) =>
        new(Time(entry["SinkDeleteTime"])!.Value, (long)entry["VersionNumber"]!);

    private static DateTime? Time(object? text) => text is null
        ? null
        : DateTime.SpecifyKind(DateTime.Parse((string)text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
