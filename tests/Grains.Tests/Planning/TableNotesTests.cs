using DataExport.Grains.Profiles;

namespace DataExport.Grains.Tests.Planning;

/// <summary>What a plan says of tables that are kept in step otherwise.</summary>
public sealed class TableNotesTests
{
    private static readonly TableDefinition s_table = new()
    {
        Name = "account",
        EntitySetName = "accounts",
        PrimaryIdColumn = "accountid",
        Columns = [new ColumnDefinition { Name = "accountid", Type = ColumnType.UniqueIdentifier }],
    };

    [Fact]
    public void OrdinaryTable_HasNone() => TableNotes.Of(s_table, new ExportProfile()).ShouldBeEmpty();

    [Fact]
    public void EveryPeculiarity_IsNamedWithItsColumns()
    {
        var table = s_table with
        {
            IsUntracked = true,
            IsElastic = true,
            Columns =
            [
                .. s_table.Columns,
                new ColumnDefinition { Name = "opendeals", Type = ColumnType.Integer, IsComputed = true },
                new ColumnDefinition { Name = "documentbody", Type = ColumnType.Text, MaxLength = 1_073_741_823 },
            ],
        };

        var notes = TableNotes.Of(table, new ExportProfile());
        var refreshed = TableNotes.Of(table, new ExportProfile { RefreshComputedEvery = TimeSpan.FromDays(1) });

        notes.Length.ShouldBe(4);
        notes[0].ShouldContain("no change tracking");
        notes[1].ShouldContain("elastic");
        notes[2].ShouldContain("opendeals without a trace");
        notes[3].ShouldContain("documentbody");
        refreshed[2].ShouldContain("compared every 1.00:00:00");
    }
}
