using System.Globalization;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

public abstract partial class TargetContract
{
    [ContractFact]
    public async Task Provision_ColumnRemovedAtTheSource_IsKeptNotedOnceAndNotWritten()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 1);
        var narrower = Tables.Contact.Without("city");

        await test.RestartAsync(narrower);
        await test.RestartAsync(narrower);

        test.SchemaChanges().ShouldBe(["TableCreated ", "ColumnRemoved city"]);
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.Delta);
        await test.ReadAsync(narrower, Record, 2, Tables.ValuesOf(narrower, ("fullname", "Bea")));
        test.Row(Record)!["city"].ShouldBe("Oslo");
        test.Row(Record)!["fullname"].ShouldBe("Bea");
    }

    [ContractFact]
    public async Task Provision_ColumnReturned_IsWrittenAgainAndTheTableRead()
    {
        await using var test = await StartLoadedAsync();
        await test.RestartAsync(Tables.Contact.Without("city"));

        await test.RestartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);

        test.SchemaChanges().ShouldBe(["TableCreated ", "ColumnRemoved city", "ColumnReturned city"]);
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.NotStarted);
        test.Row(Record)!["city"].ShouldBe("Oslo");
    }

    [ContractFact]
    public async Task Provision_TableLeftOutAndTakenAgain_HasItsRowsAndWhatTheFenceKnows()
    {
        await using var test = await StartAsync(Tables.Contact, Tables.Account);
        await test.LoadAsync(Record, version: 7);
        await test.RestartAsync(Tables.Account);
        (await Should.ThrowAsync<TargetRefusedException>(() => test.LoadAsync(Record, version: 8)))
            .Message.ShouldContain("contact");

        await test.RestartAsync(Tables.Contact, Tables.Account);

        (await test.LoadAsync(Record, version: 6)).ShouldBe(ApplyResult.Superseded);
        (await test.LoadAsync(Record, version: 8, "Bea")).ShouldBe(ApplyResult.Applied);
        test.SchemaChanges().ShouldBe(["TableCreated ", "TableCreated "]);
        test.Row(Record)!["fullname"].ShouldBe("Bea");
    }

    [ContractFact]
    public async Task Provision_FourInstancesAtOnce_MakeEachChangeOnce()
    {
        await using var test = await CreateAsync();
        test.WaitForLocks();

        await ProvisionAtOnceAsync(test, Tables.Contact, Tables.Membership);
        await ProvisionAtOnceAsync(test, WithLength(400).And(Rank), Tables.Membership);

        test.SchemaChanges().Order().ShouldBe(((List<string>)[
            "TableCreated ", "TableCreated ", "ColumnAdded rank",
            .. test.Dialect.IsEnforced ? new[] { "ColumnWidened fullname" } : []]).Order());
    }

    [ContractFact]
    public async Task Provision_WhileAnotherInstanceMerges_LosesNothingAndStopsNobody()
    {
        await using var test = await CreateAsync();
        test.WaitForLocks();
        await test.RestartAsync(Tables.Contact, Tables.Membership, Tables.Account);
        await using var writer = test.NewInstance();
        await writer.ProvisionAsync([Tables.Contact, Tables.Membership, Tables.Account], default);
        using var done = new CancellationTokenSource();

        var merging = Enumerable.Range(0, 3).Select(_ => MergeUntilAsync(writer, done.Token)).ToList();
        var table = Tables.Contact;
        for (var number = 0; number < 8; number++)
        {
            table = table.And(Rank with { Name = $"rank{number}" });
            await test.Target.ProvisionAsync([table, Tables.Membership, Tables.Account], default);
        }

        await done.CancelAsync();
        var written = (await Task.WhenAll(merging)).SelectMany(static ids => ids).Order().ToList();
        test.Rows("SELECT Id FROM crm_contact").Select(static row => Guid.Parse((string)row["Id"]!)).Order()
            .ShouldBe(written);
        test.Rows("SELECT Id FROM crm_account").Count.ShouldBe(written.Count);
        written.ShouldNotBeEmpty();
    }

    [ContractFact]
    public async Task Provision_MoreColumnsThanTheEngineTakes_WarnsByNameAndKeepsTheFence()
    {
        var wide = Tables.Contact with
        {
            Columns =
            [
                .. Enumerable.Range(0, 2_100).Select(static number => new ColumnDefinition
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"n{number}"), Type = ColumnType.Integer,
                }),
                .. Tables.Contact.Columns,
            ],
        };
        await using var test = await CreateAsync();
        await using var target = test.NewInstance();

        var plan = await target.ProvisionAsync([wide], default);

        var leftOut = plan.Warnings.ShouldHaveSingleItem();
        leftOut.ShouldContain("n2099");
        leftOut.ShouldContain("crm_contact");
        leftOut.ShouldNotContain("versionnumber");
        leftOut.ShouldNotContain("modifiedon");
        await WideRowAsync(test, target, wide);
        var row = test.Row(Record)!;
        row.Count.ShouldBe(test.ColumnsMax);
        row["n1"].ShouldBe(12L);
        row["n2"].ShouldBe(5L);
        row["versionnumber"].ShouldBeNull();
    }

    [ContractFact]
    public async Task Plan_EmptyDatabase_ChangesNothingAndSaysWhatProvisioningDoes()
    {
        await using var test = await CreateAsync();
        await using var target = test.NewInstance();
        var before = test.Catalogue();

        var plan = await target.PlanAsync([Tables.Contact, Tables.AllTypes], default);

        test.Catalogue().ShouldBe(before);
        plan.Changes.Count.ShouldBe(2);
        (await target.ProvisionAsync([Tables.Contact, Tables.AllTypes], default)).Changes.ShouldBe(plan.Changes);
        (await target.PlanAsync([Tables.Contact, Tables.AllTypes], default)).Changes.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Plan_ChangedTable_ChangesNothingAndSaysWhatProvisioningDoes()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 1);
        var changed = WithLength(400).Without("city").And(Friend)
            .Change("parentid", static column => column with { Type = ColumnType.Text, MaxLength = 100 });
        var (catalogue, history) = (test.Catalogue(), test.SchemaChanges());

        var plan = await test.Target.PlanAsync([changed], default);

        test.Catalogue().ShouldBe(catalogue);
        test.SchemaChanges().ShouldBe(history);
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.Delta);
        foreach (var named in new[] { "city", "friendid", "parentid_2" })
        {
            plan.Changes.ShouldContain(change => change.Contains(named, StringComparison.Ordinal));
        }

        (await test.Target.ProvisionAsync([changed], default)).Changes.ShouldBe(plan.Changes);
    }

    private static async Task WideRowAsync(TestTarget test, ITarget target, TableDefinition wide)
    {
        await target.SaveSyncStateAsync(
            new TableSyncState { Table = "contact", Phase = TableSyncPhase.Delta }, default);
        var read = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new(1));
        var values = Tables.ValuesOf(
            wide, ("n1", 4), ("n2", 5), ("n2099", 6), ("modifiedon", test.Clock.Now.AddMinutes(-1)),
            ("parentid", (Other, "account")));
        await target.MergeAsync([new MergeItem("contact", Record, read, values)], default);

        // Twelve rows with different columns each, so that the columns of one are marked.
        var sent = Enumerable.Range(1, 12).Select(second => new MergeItem(
            "contact", second < 12 ? NewId() : Record,
            new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddSeconds(second)),
            Tables.ValuesOf(wide, ("n1", second), ("n2098", 1)))).ToList();
        var results = await target.MergeAsync(sent, default);
        results[^1].ShouldBe(ApplyResult.Applied);
    }

    private static async Task ProvisionAtOnceAsync(TestTarget test, params TableDefinition[] tables)
    {
        var instances = Enumerable.Range(0, InstancesAtOnce).Select(_ => test.NewInstance()).ToList();
        try
        {
            await Task.WhenAll(instances.Select(instance => instance.ProvisionAsync(tables, default)));
        }
        finally
        {
            foreach (var instance in instances)
            {
                await instance.DisposeAsync();
            }
        }
    }

    /// <summary>Merges into two tables until told to stop. Returns whose answer was that they were applied.</summary>
    private static async Task<List<Guid>> MergeUntilAsync(ITarget target, CancellationToken done)
    {
        var applied = new List<Guid>();
        while (!done.IsCancellationRequested)
        {
            var id = NewId();
            var results = await target.MergeAsync(
                [PageItem(id, "Ann"), PageItem(id, "Works", "account")], default);
            results.ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
            applied.Add(id);
        }

        return applied;
    }

    private static MergeItem PageItem(Guid id, string name, string table = "contact") => new(
        table, id, new Evidence(EvidenceKind.ReadUpsert, DateTime.UnixEpoch, new(1)),
        Tables.ValuesOf(table == "contact" ? Tables.Contact : Tables.Account, ("fullname", name)));

    private static Guid NewId() => Guid.NewGuid();

    private static TableDefinition WithLength(int letters) =>
        Tables.Contact.Change("fullname", column => column with { MaxLength = letters });

    private static string Letters(int count) => new('ø', count);

    /// <summary>
    /// The first change of every table, and those that only an engine makes that holds columns to types.
    /// </summary>
    private static List<string> WhereTypesAreHeld(TestTarget test, params string[] changes) =>
        ["TableCreated ", .. test.Dialect.IsEnforced ? changes : []];

    private static object ValueOf(object value) => value switch
    {
        "id" => Other,
        "12.5" => 12.5m,
        _ => value,
    };

    /// <summary>Engines differ in the zeros behind a number that became text.</summary>
    private static object? Plain(object? value) => value switch
    {
        string text when decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) => (double)number,
        long number => (double)number,
        _ => value,
    };
}
