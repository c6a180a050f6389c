using System.Security.Cryptography;
using System.Text;
using DataExport.Targets.Control;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace DataExport.Targets.Tests.Control;

/// <summary>What is written down in SQL, without a server.</summary>
public sealed class ControlScriptTests
{
    private static readonly SqlServerDialect _sqlServer = new("Server=nowhere", "Control", TimeSpan.FromSeconds(1));

    private static readonly string[] _statements =
    [
        ControlStatements.ReadVersion, ControlStatements.SaveVersion, ControlStatements.ReadReportTimes,
        ControlStatements.RemoveOtherTables, ControlStatements.MarkGone, ControlStatements.RemoveDoubtedMetrics,
        ControlStatements.Purge, ControlStatements.SaveTable, ControlStatements.SaveMetrics,
        ControlStatements.SaveProfile,
    ];

    public static TheoryData<string> TransactSql =>
    [
        .. ControlScripts.Of("sqlserver"), .. _statements,
        _sqlServer.CountTables, _sqlServer.CreateSchema, SqlServerDialect.TakeLock,
    ];

    /// <summary>Hashes of the scripts as they were released.</summary>
    public static TheoryData<string, int, string> Released => new()
    {
        { "sqlite", 1, "61b7505e194a08e02ac4c03cf83e12c62642bfb8a258df516f080f8b92958097" },
        { "sqlite", 2, "162f834f6b5e7c9e785932fe12028254bb4c67ece31fb384bd6a80aba0e1950e" },
        { "postgres", 1, "78e69241624efd36ab29d2934effecdf2ae8186dca7f404ddc6b980912d886dd" },
        { "postgres", 2, "2586ea694edd10b7132d95ea3d4b8672d9edda9e6a36d60b4b333324193fd046" },
        { "sqlserver", 1, "a0c34dec5ab519dd9cb1171738480aaf48ba9d197540ee9223d2c9b4fd25c3c9" },
        { "sqlserver", 2, "0ddb14f0cbf746260b6d8dd47d40b9aadea39caa66b01ac1becf6c3e4efe670c" },
    };

    [Theory]
    [MemberData(nameof(TransactSql))]
    public void TransactSql_Parses_AsSqlServer2016Does(string sql)
    {
        using var reader = new StringReader(_sqlServer.TextOf(sql));

        _ = new TSql130Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);

        errors.Select(static error => $"{error.Line}: {error.Message}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(TransactSql))]
    public void TransactSql_UsesNothing_ThatBabelfishLacks(string sql)
    {
        using var reader = new StringReader(sql);
        var words = new TSql130Parser(initialQuotedIdentifiers: true).GetTokenStream(reader, out _)
            .Select(static token => token.TokenType)
            .ToHashSet();

        words.ShouldNotContain(TSqlTokenType.Merge);
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void Script_Released_IsAsItWas(string engine, int version, string hash)
    {
        var script = Encoding.UTF8.GetBytes(ControlScripts.Of(engine)[version - 1]);

        Convert.ToHexStringLower(SHA256.HashData(script)).ShouldBe(
            hash, "databases ran it as it was: write what changes as a version of its own");
    }

    [Fact]
    public void Scripts_EveryVersionOfEveryEngine_IsAmongTheReleased() =>
        Released.Count.ShouldBe(3 * ControlScripts.Latest);

    [Fact]
    public void Postgres_Names_AreInLowerCaseAndValuesAsTheyAre()
    {
        var postgres = new PostgresDialect("Host=nowhere", "Control", TimeSpan.FromSeconds(1));

        postgres.TextOf(ControlStatements.RemoveOtherTables).Trim().ShouldBe(
            """
            DELETE FROM "control"."profiletables" WHERE "profileid" = @ProfileId AND "reportedon" < @ReportedOn;
            """);
        postgres.TextOf(ControlStatements.MarkGone).ShouldContain("""SET "status" = 'Deleted',""");
    }

    [Fact]
    public void SaveTable_Text_IsAGuardedUpdateAndAnInsertOfWhatIsMissing()
    {
        const string Expected =
            """
            UPDATE "$(Schema)"."ProfileTables"
            SET "Phase" = @Phase, "RowsDone" = @RowsDone, "RowsTotal" = @RowsTotal, "Pending" = @Pending,
                "LastDeltaOn" = @LastDeltaOn, "Message" = @Message, "ReportedOn" = @ReportedOn
            WHERE "ProfileId" = @ProfileId AND "TableName" = @TableName AND "ReportedOn" <= @ReportedOn;
            INSERT INTO "$(Schema)"."ProfileTables" ("ProfileId", "TableName", "Phase", "RowsDone", "RowsTotal",
                "Pending", "LastDeltaOn", "Message", "ReportedOn")
            SELECT @ProfileId, @TableName, @Phase, @RowsDone, @RowsTotal,
                @Pending, @LastDeltaOn, @Message, @ReportedOn
            WHERE NOT EXISTS (SELECT 1 FROM "$(Schema)"."ProfileTables"
                WHERE "ProfileId" = @ProfileId AND "TableName" = @TableName);
            """;

        Words(ControlStatements.SaveTable).ShouldBe(Words(Expected));
    }

    private static string[] Words(string sql) => sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
