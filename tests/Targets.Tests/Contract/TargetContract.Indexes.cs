using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Tests.Contract;

/// <summary>The indexes that reports want.</summary>
public abstract partial class TargetContract
{
    private static readonly TargetExtras Indexes = new(Indexes: true);

    [ContractFact]
    public async Task Indexes_NewTable_AreOnLookupsAndOnWhenARowWasWritten()
    {
        await using var test = await StartWithIndexesAsync(Tables.Contact);

        test.SchemaChanges().ShouldBe(
            ["TableCreated ", $"IndexMade {test.Dialect.Name("SinkModifiedOn").Name}", "IndexMade parentid"]);
        (await test.LoadAsync(Record, version: 1)).Status.ShouldBe(ApplyStatus.Applied);
    }

    [ContractFact]
    public async Task Indexes_SecondProvisioning_ChangesNothing()
    {
        await using var test = await StartWithIndexesAsync(Tables.Contact, Tables.AllTypes, Tables.Membership);
        var (catalogue, history) = (test.Catalogue(), test.SchemaChanges());

        await test.RestartAsync(Tables.Contact, Tables.AllTypes, Tables.Membership);
        test.Extras = TargetExtras.None;
        await test.RestartAsync(Tables.Contact, Tables.AllTypes, Tables.Membership);

        test.Catalogue().ShouldBe(catalogue);
        test.SchemaChanges().ShouldBe(history);
    }

    [ContractFact]
    public async Task Indexes_TableThatIsThere_ArePlannedAndMade()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 1);
        test.Extras = Indexes;
        await using var target = test.NewInstance();

        var plan = await target.PlanAsync([Tables.Contact], default);

        plan.Changes.Count.ShouldBe(2);
        (await target.ProvisionAsync([Tables.Contact], default)).Changes.ShouldBe(plan.Changes);
        (await target.PlanAsync([Tables.Contact], default)).Changes.ShouldBeEmpty();
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.Delta);
    }

    [ContractFact]
    public async Task Indexes_SomebodyElseMadeOne_AreNotDoubled()
    {
        await using var test = await StartLoadedAsync();
        test.Execute("CREATE INDEX theirs ON crm_contact (parentid, city)");
        test.Extras = Indexes;
        await using var target = test.NewInstance();

        (await target.PlanAsync([Tables.Contact], default)).Changes.ShouldHaveSingleItem()
            .ShouldContain("SinkModifiedOn", Case.Insensitive);
    }

    [ContractFact]
    public async Task Indexes_LookupThatIsAddedLater_GetsOne()
    {
        await using var test = await StartWithIndexesAsync(Tables.Contact);

        await test.RestartAsync(Tables.Contact.And(Friend, Rank));

        test.SchemaChanges()[^1].ShouldBe("IndexMade friendid");
    }

    [ContractTheory]
    [MemberData(nameof(HostileNames))]
    public async Task Indexes_HostileNames_AreMade(string name)
    {
        var table = Hostile(name, Friend with { Name = name });

        await using var test = await StartWithIndexesAsync(table);

        test.SchemaChanges().ShouldContain($"IndexMade {test.Dialect.Name(name).Name}");
    }

    [ContractFact]
    public async Task Indexes_NamesTooLong_AreMade()
    {
        var table = Tables.Contact.And(Friend with { Name = new string('f', 110) }) with { Name = new string('t', 64) };

        await using var test = await StartWithIndexesAsync(table);

        test.SchemaChanges().Count(static change => change.StartsWith("IndexMade", StringComparison.Ordinal))
            .ShouldBe(3);
    }

    private async Task<TestTarget> StartWithIndexesAsync(params TableDefinition[] tables)
    {
        var test = await CreateAsync();
        test.Extras = Indexes;
        return await TestTarget.StartAsync(test, tables);
    }
}
