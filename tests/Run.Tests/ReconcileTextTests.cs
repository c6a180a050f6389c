using System.CommandLine;
using DataExport.Run.Commands;

namespace DataExport.Run.Tests;

public sealed class ReconcileTextTests
{
    private static readonly Guid s_record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    private static readonly TableReconcileReport s_table = new()
    {
        Table = "contact",
        Phase = ReconcilePhase.Done,
        RowsAtSource = 20_000,
        RowsInTarget = 19_999,
        Altered = 1,
        Missing = 1,
        SourceRequests = 5,
        Drifts = [new RowDrift(s_record, DriftKind.Altered, ["city", "lastname"])],
    };

    [Fact]
    public void Report_OfDrifts_NamesThemWithoutValues()
    {
        var output = new StringWriter();

        ReconcileText.Write("sales", ReportOf(s_table with { Repaired = 2 }), output);

        output.ToString().ReplaceLineEndings("\n").Split('\n').ShouldBe(
        [
            "Profile 'sales': Done after 2.5 s and 5 requests.",
            "contact: Done. 20,000 rows at the source, 19,999 in the target. 1 missing, 1 altered. "
                + "Repaired 2, asked once more 0, rejected 0.",
            "  Altered 0f8fad5b-d9cb-469f-a165-70867728950e: city, lastname",
            "  and 1 more",
            "",
        ]);
    }

    [Fact]
    public void IsInStep_OnlyWhenAllWasComparedAndNothingIsLeft()
    {
        var clean = s_table with { Altered = 0, Missing = 0 };

        ReconcileText.IsInStep(ReportOf(clean)).ShouldBeTrue();
        ReconcileText.IsInStep(ReportOf(s_table)).ShouldBeFalse();
        ReconcileText.IsInStep(ReportOf(s_table with { Repaired = 1, Asked = 1 })).ShouldBeTrue();
        ReconcileText.IsInStep(ReportOf(s_table with { Repaired = 1, Rejected = 1 })).ShouldBeFalse();
        ReconcileText.IsInStep(ReportOf(clean with { Undecided = 1 })).ShouldBeFalse();
        ReconcileText.IsInStep(ReportOf(clean with { Phase = ReconcilePhase.Skipped })).ShouldBeFalse();
        ReconcileText.IsInStep(ReportOf(clean) with { Phase = ReconcilePhase.Stopped }).ShouldBeFalse();
    }

    [Fact]
    public void Switches_SayWhatIsCompared()
    {
        var switches = new ReconcileSwitches();
        var command = new RootCommand();
        foreach (var option in switches.All)
        {
            command.Options.Add(option);
        }

        var request = switches.Read(command.Parse("--profile sales --table contact --table account --cells"));

        request.Tables.ShouldBe(["contact", "account"]);
        (request.Cells, request.Repair, request.AllowDeletions).ShouldBe((true, false, false));
    }

    private static ReconcileReport ReportOf(TableReconcileReport table) => new()
    {
        Phase = ReconcilePhase.Done,
        StartedOn = DateTime.UnixEpoch,
        EndedOn = DateTime.UnixEpoch.AddSeconds(2.5),
        Tables = [table],
    };
}
