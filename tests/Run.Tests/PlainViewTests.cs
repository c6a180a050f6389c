using DataExport.Run.Live;

namespace DataExport.Run.Tests;

public sealed class PlainViewTests
{
    [Fact]
    public void Line_WhileATableLoads_TellsHowManyOfHowMany() =>
        PlainView.Line(Of(TableSyncPhase.Load, rowsDone: 4_000)).ShouldContain(": 6,006 of 12,000 rows, ");

    [Fact]
    public void Line_AllTablesLoaded_TellsWhatWasLoaded() =>
        PlainView.Line(Of(TableSyncPhase.Delta, rowsDone: 10_000)).ShouldContain(": 12,006 rows loaded, ");

    private static Progress Of(TableSyncPhase phase, long rowsDone) => new()
    {
        Tables =
        [
            new("account", TableSyncPhase.Delta, 2_006, 2_000, 2_006, 0),
            new("contact", phase, rowsDone, 10_000, 10_000, 0),
        ],
    };
}
