using DataExport.Targets.Layout;
using DataExport.Targets.Sqlite;

namespace DataExport.Targets.Tests.Golden;

public sealed class SqliteGoldenTests : GoldenTests
{
    private const int UpdatesUntilPrepared = 8;

    private static readonly TargetNames Names = new("crm", SqliteDialect.Instance);

    protected override string Engine => "sqlite";

    internal override TargetNames ProfileNames => Names;

    internal override IEnumerable<string> ViewStatements(ReportView view) => [view.CreateScript()];

    internal override IEnumerable<(string Title, string Statement)> StatementsOf(TableDefinition definition)
    {
        var table = TargetTable.Of(definition, Names);
        return OnDatabase(definition, database =>
        {
            var rows = new TableRows(database, table, updateStatementsMax: 4);
            SendAgainAndAgain(rows, table);
            var reader = new SqliteReader(database, Names);
            _ = reader.CountRows(table);
            _ = reader.ReadPending(table, 0, DateTime.MaxValue, 1);
            _ = reader.ReadNotReadSince(table, 0, DateTime.MaxValue, 1);
            _ = reader.Comparing.ReadHeld(table, []);
            _ = reader.Comparing.ReadIds(table, null, 1);
            _ = reader.Comparing.Compare(table, []);
            foreach (var column in table.SetColumns)
            {
                _ = reader.ReadSet(table, column, Guid.Empty);
            }

            return
            [
                .. ScriptsOf(database, $"tbl_name = '{table.Name.Name}'"),
                .. database.Statements.Select(static (sql, number) => (Titled("statement", number + 1), sql)),
            ];
        });
    }

    internal override IEnumerable<(string Title, string Statement)> SystemStatements() => OnDatabase(
        Tables.Contact,
        database =>
        {
            _ = new DeleteLog(database, Names);
            _ = new PendingQuestions(database, Names);
            _ = new SyncStates(database, Names);
            _ = new MetadataTables(database, Names);
            return
            [
                .. ScriptsOf(database, "tbl_name NOT IN ('crm_contact', 'sqlite_sequence')"),
                .. database.Statements.Select(static (sql, number) => (Titled("statement", number + 1), sql)),
            ];
        });

    private static void SendAgainAndAgain(TableRows rows, TargetTable table)
    {
        var builder = new ColumnValuesBuilder();
        foreach (var ordinal in OrdinalsToSend(table))
        {
            builder.AddNull(ordinal);
        }

        // A set of columns gets a statement of its own once it has come often.
        for (var update = 0; update < UpdatesUntilPrepared && table.HasModifiedOn; update++)
        {
            rows.Update(1, builder.Build(table.Layout), DateTime.UnixEpoch, DateTime.UnixEpoch);
        }
    }

    private static List<(string Title, string Statement)> ScriptsOf(SqliteDatabase database, string condition)
    {
        var scripts = new List<(string Title, string Statement)>();
        var statement = database.Prepare(
            $"SELECT type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND {condition} ORDER BY type DESC, name",
            "Golden");
        while (statement.Step())
        {
            scripts.Add(($"create {statement.Text(0)}", statement.Text(1)));
        }

        database.Forget(statement);
        return scripts;
    }

    private static List<(string Title, string Statement)> OnDatabase(
        TableDefinition definition, Func<SqliteDatabase, List<(string Title, string Statement)>> look)
    {
        var folder = Directory.CreateTempSubdirectory("dataexport-").FullName;
        try
        {
            var file = Path.Combine(folder, "golden.db");
            using var database = SqliteDatabase.OpenWriter(file, new SqliteTargetOptions());
            _ = SqliteProvisioning.Run(
                database, [TargetTable.Of(definition, Names)], Names, TargetExtras.None, DateTime.UnixEpoch);
            return look(database);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
