using System.Text.RegularExpressions;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Targets.Postgres;
using DataExport.Tests;
using Npgsql;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>
/// A table whose columns could fill more than a page counts for one of a single row as long as nobody analysed it,
/// however many it has. Read as a whole for each row of a batch, it makes an initial sync slower with every page.
/// </summary>
public sealed partial class PostgresPlanTests
{
    private const int WideColumns = 60;

    private static readonly TableDefinition Wide = Tables.Contact with
    {
        Columns =
        [
            .. Tables.Contact.Columns,
            .. Enumerable.Range(0, WideColumns).Select(static number => new ColumnDefinition
            {
                Name = $"text{number}", Type = ColumnType.Text, MaxLength = 500,
            }),
        ],
    };

    [Fact]
    public async Task Statements_WideTableThatNobodyAnalysed_FindRowsByTheirKeyAlone()
    {
        await using var test = new PostgresTestTarget(await PostgresServer.ConnectionAsync());
        await using var target = test.NewInstance();
        _ = await target.ProvisionAsync([Wide], default);
        test.Execute("INSERT INTO crm_contact (Id) SELECT gen_random_uuid() FROM generate_series(1, 2000)");
        await using var session = await PostgresSession.OpenAsync(
            test.Open().ConnectionString, test.Options, default);

        var plans = await PlansAsync(session, TargetNamesOf(test));

        plans.Count.ShouldBe(7);
        foreach (var plan in plans)
        {
            Scan().Count(plan).ShouldBeGreaterThan(0, plan);
            ScanByKey().Count(plan).ShouldBe(Scan().Count(plan), plan);
        }
    }

    private static TargetNames TargetNamesOf(PostgresTestTarget test) =>
        new(PostgresTestTarget.Prefix, PostgresDialect.Instance, test.Schema);

    private static async Task<List<string>> PlansAsync(PostgresSession session, TargetNames names)
    {
        var table = TargetTable.Of(Wide, names);
        var statements = new PostgresStatements(names);
        await ExecuteAsync(session, "BEGIN");
        var stage = await session.StageOfAsync(table, default);
        await ExecuteAsync(session, $"INSERT INTO {stage} (Id) SELECT Id FROM {table.Name} LIMIT 500");

        Guid[] ids = [Guid.NewGuid(), Guid.NewGuid()];
        return
        [
            await PlanAsync(
                session, statements.PageFacts(table, PostgresTarget.ServerClock), "contact", ids, new[] { 1L, 2L }),
            await PlanAsync(session, PostgresStatements.Rows(table), ids),
            await PlanAsync(session, statements.Held(table), ids, "contact"),
            await PlanAsync(session, statements.OldestQuestions(table), "contact", 0L, 10L),
            await PlanAsync(session, statements.GuardedInsert(table, stage), "contact"),
            await UpdatePlanAsync(session, CopyColumns.GuardedUpdateStatement(RowShape.Whole(table), stage)),
            await UpdatePlanAsync(session, CopyColumns.UpdateStatement(RowShape.Whole(table), stage)),
        ];
    }

    private static async Task<string> UpdatePlanAsync(PostgresSession session, string statement)
    {
        await ExecuteAsync(session, CopyColumns.ByKeyAlone);
        return await PlanAsync(session, statement);
    }

    private static async Task<string> PlanAsync(PostgresSession session, string statement, params object[] values)
    {
        await using var command = new NpgsqlCommand($"EXPLAIN {statement}", session.Connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static async Task ExecuteAsync(PostgresSession session, string statement)
    {
        await using var command = new NpgsqlCommand(statement, session.Connection);
        _ = await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"Scan .*on ""?crm_contact\b.*$", RegexOptions.Multiline)]
    private static partial Regex Scan();

    [GeneratedRegex(@"Scan .*on ""?crm_contact\b.*\n\s+(Index|Recheck) Cond:", RegexOptions.Multiline)]
    private static partial Regex ScanByKey();
}
