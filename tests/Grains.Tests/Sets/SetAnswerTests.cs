using DataExport.Grains.Confirming;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Grains.Tests.Model;

namespace DataExport.Grains.Tests.Sets;

public sealed class SetAnswerTests
{
    private readonly ModelClock _clock = new();
    private readonly SetSource _source = new();

    [Theory]
    [InlineData(3, true, 0)]
    [InlineData(2, false, 3)]
    public async Task Answer_WithoutTheRowsOfASet_IsBelievedUpToALimit(int limit, bool isBelieved, int rowsLeft)
    {
        await using var target = new SetTarget(_clock);
        await target.OpenAsync();
        var questions = new SetQuestions(
            target,
            new ConfirmOptions { UnannouncedDeletionsMax = limit },
            new SetAsideQuestions(TimeSpan.FromHours(1), _clock));
        await LoadPairsOfAsync(target, left: 1, count: 3);
        await AskAsync(target, left: 1);
        _clock.Milliseconds += 1_000;
        var now = await target.Target.GetUtcNowAsync(default);
        var group = (await questions.ReadAsync([SetTarget.Definition], now, default)).ShouldHaveSingleItem();

        var isSettled = await questions.AnswerAsync(group, new FetchedTable(SetTarget.Table, [], true), now, default);

        isSettled.ShouldBe(isBelieved);
        target.Read().Count.ShouldBe(rowsLeft);
        (await target.Target.CountPendingAsync(default))[SetTarget.Table].ShouldBe(isBelieved ? 0 : 1);
    }

    private async Task LoadPairsOfAsync(SetTarget target, int left, int count)
    {
        for (var right = 0; right < count; right++)
        {
            _source.Toggle((left, right));
        }

        var now = await target.Target.GetUtcNowAsync(default);
        _ = await target.WriteEvidenceAsync(
            [
                .. _source.Delta(0).Rows.Select(row => new MergeItem(
                    SetTarget.Table,
                    row.RecordId,
                    new Evidence(EvidenceKind.ReadUpsert, now, row.Version),
                    row.Columns)),
            ],
            default);
    }

    private static async Task AskAsync(SetTarget target, int left) => _ = await target.Target.MergeAsync(
        [
            new MergeItem(
                SetTarget.Table,
                SetSource.LeftId(left),
                new Evidence(EvidenceKind.Question, Reason: UncertainReason.SetChanged),
                SetColumn: "aid"),
        ],
        default);
}
