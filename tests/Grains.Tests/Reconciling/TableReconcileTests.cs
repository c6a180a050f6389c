using DataExport.Grains.Ports;
using DataExport.Grains.Reconciling;
using DataExport.Grains.Tables;
using DataExport.Grains.Tests.Model;
using DataExport.Grains.Tests.Sets;

namespace DataExport.Grains.Tests.Reconciling;

public sealed class TableReconcileTests
{
    [Theory]
    [InlineData(TableSyncPhase.NotStarted)]
    [InlineData(TableSyncPhase.Load)]
    public async Task Table_ThatIsNotAtItsDeltas_IsSkippedWithoutAskingTheSource(TableSyncPhase phase)
    {
        await using var source = new AnswerSource();
        await using var runtime = new SetTarget(new ModelClock()) { Environment = source };
        await runtime.OpenAsync();
        await runtime.Target.SaveSyncStateAsync(
            new TableSyncState { Table = SetTarget.Table, Phase = phase }, default);
        var table = new TableReconcile(ContextOf(runtime), SetTarget.Definition);

        await table.RunAsync(default);

        table.Report.Phase.ShouldBe(ReconcilePhase.Skipped);
        table.Report.Message.ShouldNotBeNull().ShouldContain($"({phase})");
        table.Report.EndedOn.ShouldNotBeNull();
        source.Fetches.ShouldBe(0);
    }

    [Fact]
    public async Task Table_WhoseSourceFails_IsFailedInWordsAndThrowsNothing()
    {
        await using var source = new AnswerSource();
        await using var runtime = new SetTarget(new ModelClock()) { Environment = source };
        await runtime.OpenAsync();
        var table = new TableReconcile(ContextOf(runtime), SetTarget.Definition);

        await table.RunAsync(default);

        table.Report.Phase.ShouldBe(ReconcilePhase.Failed);
        table.Report.Message.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Table_Stopped_SaysSo()
    {
        await using var source = new AnswerSource();
        await using var runtime = new SetTarget(new ModelClock()) { Environment = source };
        await runtime.OpenAsync();
        var table = new TableReconcile(ContextOf(runtime), SetTarget.Definition);

        await Should.ThrowAsync<OperationCanceledException>(() => table.RunAsync(new CancellationToken(true)));

        table.Report.Phase.ShouldBe(ReconcilePhase.Stopped);
    }

    private static ReconcileContext ContextOf(SetTarget runtime) => new(
        runtime,
        null!,
        new ReconcileRequest(),
        new ReconcileLimits(new ReconcileOptions(), 1_000, new TableSyncOptions()),
        TimeProvider.System);
}
