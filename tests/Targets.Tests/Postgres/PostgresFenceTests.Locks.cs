using System.Data.Common;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Postgres;
using DataExport.Tests;
using Npgsql;

namespace DataExport.Targets.Tests.Postgres;

public sealed partial class PostgresFenceTests
{
    [Fact]
    public async Task SettleSets_WhileTheyAreAskedInAnotherOrder_NeverDeadLocks()
    {
        await using var test = await StartAsync();
        var teams = Enumerable.Range(0, 50).Select(static _ => Guid.NewGuid()).ToArray();
        MergeItem[] questions = [.. teams.Select(static team => new MergeItem(
            "membership", team, new Evidence(EvidenceKind.Question), SetColumn: "teamid"))];
        _ = await test.Target.MergeAsync(questions, default);
        using var done = new CancellationTokenSource();

        var asking = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                _ = await test.Target.MergeAsync(questions, default);
            }
        });
        for (var round = 0; round < 30; round++)
        {
            var sets = await test.Target.ReadPendingSetsAsync("membership", 0, DateTime.MaxValue, 100, default);
            await test.Target.SettleSetsAsync([.. sets.Reverse()], default);
            await test.Target.SettleSetsAskedBeforeAsync("membership", DateTime.UnixEpoch, default);
        }

        await done.CancelAsync();
        await asking;
    }

    [Fact]
    public async Task Provision_NothingToChange_WaitsForNoMergeAndStopsNone()
    {
        await using var test = await StartAsync();
        await using var holder = await LockAsync(test, "crm_membership", "crm_contact");

        // Both tables are locked by a merge that goes on writing: who opens the target meanwhile has nothing to wait
        // for.
        await RunAsync(holder, "UPDATE crm_membership SET teamid = NULL");
        await using var other = await OtherAsync(test, PostgresTarget.ServerClock).WaitAsync(Patience.Limit);

        await RunAsync(holder, "COMMIT");
    }

    [Fact]
    public async Task Provision_ViewUsesTheColumnToWiden_IsRefusedByNameAndTheRestGoesOn()
    {
        await using var test = await StartAsync();
        test.Execute("CREATE VIEW report AS SELECT fullname FROM crm_contact");
        var id = Guid.NewGuid();

        var refusal = await Should.ThrowAsync<TargetRefusedException>(
            () => test.LoadAsync(id, version: 1, new string('x', 300)));

        refusal.Message.ShouldContain("contact");
        refusal.Message.ShouldContain("fullname");
        refusal.Message.ShouldContain("view");
        (await test.LoadAsync(id, version: 1, "short")).ShouldBe(ApplyResult.Applied);
    }

    private static async Task<PostgresTestTarget> StartAsync()
    {
        var test = new PostgresTestTarget(await PostgresServer.ConnectionAsync()) { UsesServerClock = true };
        await Contract.TestTarget.StartAsync(test, Tables.Contact, Tables.Account, Tables.Membership);
        await test.EndLoadAsync();
        return test;
    }

    private static async Task<ITarget> OtherAsync(PostgresTestTarget test, string clock)
    {
        var other = test.NewInstance(Contract.TestTarget.Prefix, clock);
        await other.ProvisionAsync([Tables.Contact, Tables.Account, Tables.Membership], default);
        return other;
    }

    private static MergeItem Item(Guid id, EvidenceKind kind, long version = 0, string table = "contact")
    {
        var definition = table == "contact" ? Tables.Contact : Tables.Account;
        var columns = kind is EvidenceKind.NotifiedDelete ? null : Tables.ValuesOf(definition, ("fullname", "Ann"));
        return new MergeItem(table, id, new Evidence(kind, DateTime.UtcNow.AddSeconds(-1), new(version)), columns);
    }

    /// <summary>A transaction that holds the lock of a table, as a merge of another silo does.</summary>
    private static async Task<NpgsqlConnection> LockAsync(PostgresTestTarget test, params string[] tables)
    {
        var connection = (NpgsqlConnection)test.Open();
        await RunAsync(connection, "BEGIN");
        foreach (var table in tables.Length == 0 ? ["crm_contact"] : tables)
        {
            var name = new TableName(SqlIdentifier.Of(test.Schema), SqlIdentifier.Of(table));
            await RunAsync(connection, $"SELECT pg_advisory_xact_lock({NameHash.Of($"DataExport table {name}")})");
        }

        return connection;
    }

    /// <summary>Waits until somebody waits for a lock that the test's transaction holds.</summary>
    private static async Task WaitForWaiterAsync(PostgresTestTarget test)
    {
        await using var connection = (NpgsqlConnection)test.Open();
        await using var command = new NpgsqlCommand(
            """
            SELECT count(*) FROM pg_locks AS w JOIN pg_locks AS h
                ON h.locktype = 'advisory' AND h.granted AND h.classid = w.classid AND h.objid = w.objid
            JOIN pg_stat_activity AS a ON a.pid = h.pid
            WHERE w.locktype = 'advisory' AND NOT w.granted AND a.application_name = @name
            """,
            connection);
        command.Parameters.AddWithValue("name", test.Schema);
        using var limit = new CancellationTokenSource(Patience.Limit);
        while ((long)(await command.ExecuteScalarAsync(limit.Token))! == 0)
        {
            await Task.Yield();
        }
    }

    private static async Task RunAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = await command.ExecuteNonQueryAsync();
    }

    private static async Task<DateTime> NowAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC')";
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }

    private static DateTime StampOf(PostgresTestTarget test, string column) => DateTime.Parse(
        (string)test.Row(Record)![column]!, System.Globalization.CultureInfo.InvariantCulture);
}
