using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Targets.Postgres;
using Npgsql;

namespace DataExport.Targets.Tests.Golden;

public sealed class PostgresGoldenTests : GoldenTests
{
    private static readonly TargetNames Names = new("crm", PostgresDialect.Instance, "dbo");
    private static readonly PostgresStatements Statements = new(Names);

    protected override string Engine => "postgres";

    internal override TargetNames ProfileNames => Names;

    internal override IEnumerable<string> ViewStatements(ReportView view) => PostgresViews.Statements(view);

    internal override IEnumerable<(string Title, string Statement)> StatementsOf(TableDefinition definition)
    {
        var table = TargetTable.Of(definition, Names);
        var stage = "pg_temp.stage_1";
        return
        [
            .. new PostgresSchema(null!, Names).CreateStatements(table).Select(static each => ("create table", each)),
            .. PostgresSchema.SetIndexStatements(table).Select(static each => ("index of a set", each)),
            ("first state", Statements.AddState(table)),
            ("held rows", PostgresStatements.Rows(table)),
            ("delete rows", PostgresStatements.DeleteRows(table)),
            ("oldest questions", Statements.OldestQuestions(table)),
            ("first rows that a resync did not meet", PostgresStatements.OldRows(table, isFirst: true)),
            ("next rows that a resync did not meet", PostgresStatements.OldRows(table, isFirst: false)),
            ("what is held", Statements.Held(table)),
            ("first ids", PostgresStatements.Ids(table, isFirst: true)),
            ("next ids", PostgresStatements.Ids(table, isFirst: false)),
            ("rows of other cells", CopyColumns.DifferentRows(table, stage)),
            ("what a page looks for", Statements.PageFacts(table, PostgresTarget.ServerClock)),
            ("rows of a page over older ones", CopyColumns.GuardedUpdateStatement(RowShape.Whole(table), stage)),
            ("rows of a page that are new", Statements.GuardedInsert(table, stage)),
            ("copy new rows", CopyColumns.CopyStatement(RowShape.Whole(table), table.Name.ToString())),
            ("stage", CopyColumns.StageStatement(table, stage)),
            .. OfShape("whole rows", RowShape.Whole(table), stage),
            .. table.HasModifiedOn ? UpdatesOf(table, stage) : [],
        ];
    }

    /// <summary>What a table that does not tell when a record was modified is never sent.</summary>
    private static IEnumerable<(string Title, string Statement)> UpdatesOf(TargetTable table, string stage)
    {
        var sent = OrdinalsToSend(table);
        return
        [
            .. OfShape("rows that send the same columns", ShapeOf(table, sent), stage),
            .. OfShape("rows that send different columns", ShapeOf(table, sent, sent[..1]), stage),
        ];
    }

    internal override IEnumerable<(string Title, string Statement)> SystemStatements() =>
    [
        .. SystemTables.Of(Names).SelectMany(static table => table.Scripts(PostgresDialect.Instance))
            .Select(static script => ("create", script)),
        .. typeof(PostgresStatements).GetProperties().Where(static each => each.PropertyType == typeof(string))
            .Select(static each => (each.Name, (string)each.GetValue(Statements)!)),
        (nameof(PostgresStatements.Lock), PostgresStatements.Lock),
        (nameof(CopyColumns.ByKeyAlone), CopyColumns.ByKeyAlone),
        .. MetadataStatements(),
    ];

    private static IEnumerable<(string Title, string Statement)> OfShape(string title, RowShape shape, string stage) =>
        [
            ($"copy {title}", CopyColumns.CopyStatement(shape, stage)),
            ($"write {title}", CopyColumns.UpdateStatement(shape, stage)),
        ];

    private static List<(string Title, string Statement)> MetadataStatements()
    {
        using var batch = new NpgsqlBatch();
        foreach (var rows in MetadataRows.Of(Tables.AllTypes, Names, DateTime.UnixEpoch))
        {
            PostgresMetadata.Add(batch, rows);
        }

        return [.. batch.BatchCommands.Cast<NpgsqlBatchCommand>()
            .Select(static command => ("metadata", command.CommandText))];
    }
}
