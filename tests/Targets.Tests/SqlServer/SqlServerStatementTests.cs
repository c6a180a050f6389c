using System.Collections.Immutable;
using System.Text;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Targets.SqlServer;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>What is sent, without a server.</summary>
public sealed class SqlServerStatementTests
{
    private const string Hostile = "x];DROP TABLE y--'\"🚢";

    /// <summary>Names whose schema and prefix are as most have them.</summary>
    internal static TargetNames Names { get; } = new("crm", SqlServerDialect.Instance, "dbo");

    private static readonly TableDefinition[] _tables =
    [
        Tables.Contact, Tables.AllTypes, Tables.Membership,
        Tables.Contact with
        {
            Name = Hostile,
            Columns = [.. Tables.Contact.Columns, new ColumnDefinition { Name = Hostile, Type = ColumnType.Text }],
        },
    ];

    public static TheoryData<string> All =>
    [
        .. _tables.SelectMany(Of).Concat(_tables.SelectMany(ReportsOf)).Concat(Shared())
            .Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Statement_AnyTable_ParsesAsSqlServer2016Does(string sql)
    {
        using var reader = new StringReader(sql);

        var script = new TSql130Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);

        errors.Select(static error => $"{error.Line}: {error.Message}").ShouldBeEmpty(sql);
        ((TSqlScript)script).Batches.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Statement_AnyTable_UsesNothingThatBabelfishLacks(string sql)
    {
        using var reader = new StringReader(sql);
        var words = new TSql130Parser(initialQuotedIdentifiers: true).GetTokenStream(reader, out _)
            .Select(static token => token.TokenType).ToHashSet();

        words.ShouldNotContain(TSqlTokenType.Merge);
        words.ShouldNotContain(TSqlTokenType.WaitFor);
    }

    [Fact]
    public void UpdateRows_SentColumns_WritesThemAlone()
    {
        var table = TargetTable.Of(Tables.Contact, Names);
        var shape = RowShape.Of(table, [Update("Ann", null), Update(null, "Oslo")]);

        SqlServerStatements.UpdateRows(shape).Replace(", \"", ",\n    \"", StringComparison.Ordinal).ShouldBe(
            """
            IF @@TRANCOUNT = 0 RETURN;
            UPDATE t SET "SinkModifiedOn" = s."SinkModifiedOn",
                "modifiedon" = s."modifiedon",
                "versionnumber" = NULL,
                "fullname" = CASE WHEN (s."sent columns 0" & 1) <> 0 THEN s."fullname" ELSE t."fullname" END,
                "city" = CASE WHEN (s."sent columns 0" & 2) <> 0 THEN s."city" ELSE t."city" END
            FROM "dbo"."crm_contact" AS t INNER JOIN @Rows AS s ON t."Id" = s."Id";
            """);
    }

    [Fact]
    public void CreateTable_Contact_IsAsDesLaidItOut() => new SchemaStatements(Names)
        .Of(TargetTable.Of(Tables.Contact, Names), new SchemaChange(SchemaChangeKind.TableCreated)).Single().ShouldBe(
            """
            CREATE TABLE "dbo"."crm_contact" (
                "Id" uniqueidentifier NOT NULL,
                "SinkCreatedOn" datetime NULL,
                "SinkModifiedOn" datetime NULL,
                "parentid" uniqueidentifier NULL,
                "parentid_entitytype" nvarchar(128) NULL,
                "contactid" uniqueidentifier NULL,
                "fullname" nvarchar(160) NULL,
                "city" nvarchar(80) NULL,
                "modifiedon" datetime NULL,
                "versionnumber" bigint NULL,
                CONSTRAINT "EPK[dbo].[crm_contact]" PRIMARY KEY CLUSTERED ("Id")
            );
            """);

    [Fact]
    public void Lock_TwoTables_WaitsForTheSecondOnlyWithTheFirst() => SqlServerStatements
        .Lock(2, SqlServerTarget.ServerClock).ShouldBe(
            """
            DECLARE @Answer int = 0;
            IF @Answer >= 0
                EXEC @Answer = sp_getapplock @Resource = @Resource0, @LockMode = 'Exclusive',
                    @LockOwner = 'Transaction', @LockTimeout = @Milliseconds;
            IF @Answer >= 0
                EXEC @Answer = sp_getapplock @Resource = @Resource1, @LockMode = 'Exclusive',
                    @LockOwner = 'Transaction', @LockTimeout = @Milliseconds;
            SELECT @Answer, CAST(SYSUTCDATETIME() AS datetime);
            """);

    [Fact]
    public void ResourceOf_LongNames_FitAndStayApart()
    {
        var one = Resource($"{new string('x', 100)}1");
        var other = Resource($"{new string('x', 100)}2");

        one.Length.ShouldBeLessThanOrEqualTo(255);
        one.ShouldNotBe(other);
        Resource("Account").ShouldBe(Resource("account"));
        Resource(new string('x', 120), new string('s', 128)).Length.ShouldBeLessThanOrEqualTo(255);
    }

    private static string Resource(string table, string schema = "dbo") => SqlServerStatements.ResourceOf(
        "table", new TargetNames("crm", SqlServerDialect.Instance, schema).TableOf(table));

    internal static IEnumerable<string> Of(TableDefinition definition)
    {
        var table = TargetTable.Of(definition, Names);
        var schema = new SchemaStatements(Names);
        yield return SqlServerStatements.Rows(table);
        yield return SqlServerStatements.DeleteRows(table);
        yield return SqlServerStatements.InsertRows(RowShape.Whole(table));
        yield return SqlServerStatements.UpdateRows(RowShape.Whole(table));
        if (definition.OrdinalOf("fullname") >= 0)
        {
            var mixed = RowShape.Of(table, [Update("Ann", null), Update(null, "Oslo")]);
            yield return SqlServerStatements.UpdateRows(mixed);
            yield return SqlServerStatements.UpdateRows(RowShape.Of(table, [Update("Ann", null)]));
        }

        var stage = SqlServerStage.NameOf(table, Names);
        yield return SqlServerStage.Create(table, stage);
        yield return new PageStatements(Names).Facts(table);
        yield return new PageStatements(Names).Write(table, stage);
        yield return new ReaderStatements(Names).OldestQuestions(table);
        yield return ReaderStatements.OldRows(table);
        yield return ReaderStatements.CountRows(table);
        yield return ReaderStatements.RowsOfSet(table, definition.Columns[^1].Name);
        yield return new CompareStatements(Names).Held(table);
        yield return CompareStatements.Ids(table, isFirst: true);
        yield return CompareStatements.Ids(table, isFirst: false);
        yield return CompareStatements.DifferentRows(table);
        yield return schema.AddState(table);
        yield return SchemaStatements.SetIndex(table, definition.Columns[^1].Name);
        yield return SchemaStatements.Forget(table, [table.Columns[1].Name, table.Columns[2].Name]);
        yield return SchemaStatements.CreateType(TargetTypes.RowsOf(table, Names));
        yield return SchemaStatements.CreateType(TargetTypes.IdsOf(table, Names));
        var before = new ActualColumn(Hostile, CellType.Int);
        foreach (var kind in Enum.GetValues<SchemaChangeKind>())
        {
            foreach (var statement in schema.Of(table, new SchemaChange(kind, table.Columns[^1], before)))
            {
                yield return statement;
            }
        }
    }

    private static IEnumerable<string> ReportsOf(TableDefinition definition)
    {
        var table = TargetTable.Of(definition, Names);
        var plan = SchemaPlan.Of(
            table, null, new HashSet<string>(), SqlServerDialect.Instance, new TargetExtras(Views: true));
        foreach (var view in TableViews.Of([plan], Names)[0].Views)
        {
            yield return SqlServerViews.ViewStatement(view.Name, view.Body, alters: false);
            yield return SqlServerViews.ViewStatement(view.Name, view.Body, alters: true);
        }
    }

    internal static IEnumerable<string> Shared()
    {
        var merge = new SqlServerStatements(Names);
        var reader = new ReaderStatements(Names);
        var schema = new SchemaStatements(Names);
        return
        [
            SqlServerSession.SettingsStatement(new SqlServerTargetOptions()),
            SqlServerStatements.Lock(3, SqlServerTarget.ServerClock),
            SqlServerStage.Older, new PageStatements(Names).SaveHighest,
            merge.Facts, merge.Tombstones, merge.Questions, merge.InsertLog, merge.StampLog,
            merge.PutQuestions, merge.DropQuestions, merge.PutSetQuestions, merge.SaveFacts,
            reader.States, reader.SaveState, reader.ExpireLog, reader.CountQuestions, reader.OldestSetQuestions,
            reader.SettleSets, reader.SettleSetsAskedBefore,
            SchemaStatements.Columns, SchemaStatements.Types, SchemaStatements.TypeColumns,
            SchemaStatements.IsSnapshotOn, SchemaStatements.HasSchema, schema.CreateSchema, schema.RemovedColumns,
            SqlServerViews.KeptStatement, schema.NoteChange, schema.ResetState, schema.HasState,
            SchemaStatements.CreateType(TargetTypes.LogOf(Names)),
            SchemaStatements.CreateType(TargetTypes.QuestionsOf(Names)),
            SchemaStatements.CreateType(TargetTypes.SetQuestionsOf(Names)),
            .. SystemTables.Of(Names).SelectMany(static table => table.Scripts(SqlServerDialect.Instance)),
            .. SystemTables.Of(Names).Where(static table => table.Index.Length > 0).Select(SchemaStatements.Index),
            .. MetadataRows.Of(Tables.AllTypes, Names, default).Select(SqlServerMetadata.DeleteStatement),
        ];
    }

    private static RowWrite Update(string? name, string? city)
    {
        var builder = new ColumnValuesBuilder();
        if (name is not null)
        {
            builder.AddText(1, Encoding.UTF8.GetBytes(name));
        }

        if (city is not null)
        {
            builder.AddText(2, Encoding.UTF8.GetBytes(city));
        }

        return new RowWrite(
            RowWriteKind.Update, Guid.NewGuid(), builder.Build(Tables.Contact.Layout), null, default(DateTime), default,
            default);
    }
}
