using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Tests.Contract;

/// <summary>What becomes of the views for reports when tables change, and when their names are taken.</summary>
public abstract partial class TargetContract
{
    [ContractFact]
    public async Task Views_SecondProvisioning_ChangesNothing()
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes, Tables.Membership);
        var (catalogue, history) = (test.Catalogue(), test.SchemaChanges());

        await test.RestartAsync(Tables.AllTypes, Tables.Membership);

        (await test.Target.PlanAsync([Tables.AllTypes, Tables.Membership], default)).Changes.ShouldBeEmpty();
        test.Catalogue().ShouldBe(catalogue);
        test.SchemaChanges().ShouldBe(history);
    }

    [ContractFact]
    public async Task Plan_Views_ChangesNothingAndSaysWhatProvisioningDoes()
    {
        await using var test = await StartLoadedAsync();
        test.Extras = Views;
        await using var target = test.NewInstance();
        var catalogue = test.Catalogue();

        var plan = await target.PlanAsync([Tables.Contact, Tables.AllTypes], default);

        test.Catalogue().ShouldBe(catalogue);
        plan.Changes.ShouldContain(static change => change.Contains("crm_contact_view"));
        plan.Changes.ShouldContain(static change => change.Contains("crm_sample_colours"));
        (await target.ProvisionAsync([Tables.Contact, Tables.AllTypes], default)).Changes.ShouldBe(plan.Changes);
    }

    [ContractFact]
    public async Task Views_OfAFileThatIsNotThereYet_ArePlanned()
    {
        await using var test = await CreateAsync();
        test.Extras = Views;
        await using var target = test.NewInstance();

        (await target.PlanAsync([Tables.Contact], default)).Changes.Count.ShouldBe(2);
    }

    [ContractTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task View_TextOutgrowsItsColumn_ShowsTheLongTextAndTheNewLength(bool isStillWanted)
    {
        await using var test = await StartWithViewsAsync(Tables.Contact);
        test.Extras = isStillWanted ? Views : TargetExtras.None;
        await test.RestartAsync(Tables.Contact);

        (await test.LoadAsync(Record, version: 1, Letters(300))).ShouldBe(ApplyResult.Applied);

        test.Row(Record, "crm_contact_view")!["fullname"].ShouldBe(Letters(300));
        LengthsOfNames(test).Distinct().Count().ShouldBe(1);
        (await test.Target.PlanAsync([Tables.Contact], default)).Changes.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task View_ColumnWidenedByTheMetadata_ShowsTheNewLength()
    {
        await using var test = await StartWithViewsAsync(Tables.Contact);

        await test.RestartAsync(WithLength(400));

        LengthsOfNames(test).Distinct().Count().ShouldBe(1);
        test.SchemaChanges().ShouldBe(
            ["TableCreated ", "ViewMade ", .. test.Dialect.IsEnforced ? ["ColumnWidened fullname"] : (string[])[]]);
    }

    [ContractFact]
    public async Task View_InstanceOfTheOldLayoutWidens_LeavesWhatANewerOneShows()
    {
        await using var test = await StartWithViewsAsync(Tables.Contact);
        await using var newer = test.NewInstance();
        await newer.ProvisionAsync([Tables.Contact.And(Rank)], default);

        (await test.LoadAsync(Record, version: 1, Letters(300))).ShouldBe(ApplyResult.Applied);

        test.Row(Record, "crm_contact_view")!.Keys.ShouldContain("rank");
        (await newer.PlanAsync([Tables.Contact.And(Rank)], default)).Changes.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task View_ColumnAdded_ShowsIt()
    {
        await using var test = await StartWithViewsAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);

        await test.RestartAsync(Tables.Contact.And(Rank));

        test.Row(Record, "crm_contact_view")!.Keys.ShouldContain("rank");
        test.SchemaChanges()[^1].ShouldBe("ViewMade ");
    }

    [ContractFact]
    public async Task View_ColumnRemovedOrRetypedAtTheSource_ShowsWhatTheTableHas()
    {
        await using var test = await StartWithViewsAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);

        await test.RestartAsync(Tables.Contact.Without("city").Change(
            "fullname", static column => column with { Type = ColumnType.Integer }));

        var row = test.Row(Record, "crm_contact_view")!;
        row["city"].ShouldBe("Oslo");
        row["fullname"].ShouldBe("Ann");
        row.Keys.ShouldContain("fullname_2");
    }

    [ContractFact]
    public async Task View_ColumnLosesItsLabels_IsMadeWithoutThem()
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes);
        await ReadSampleAsync(test, ("industry", 1));

        await test.RestartAsync(Tables.AllTypes.Change("industry", static column => column with { Options = [] }));

        test.Row(Record, "crm_sample_view")!.Keys.ShouldNotContain("industry_label");
    }

    [ContractFact]
    public async Task View_ColumnIsAddedThatIsCalledLikeALabel_ShowsTheColumn()
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes);
        await ReadSampleAsync(test, ("industry", 1));

        await test.RestartAsync(
            Tables.AllTypes.And(new ColumnDefinition { Name = "industry_label", Type = ColumnType.Integer }));

        test.Execute("UPDATE crm_sample SET industry_label = 5");
        test.Row(Record, "crm_sample_view")!["industry_label"].ShouldBe(5L);
    }

    [ContractTheory]
    [InlineData("CREATE TABLE crm_contact_view (x int)", "DROP TABLE crm_contact_view")]
    [InlineData("CREATE VIEW crm_contact_view AS SELECT Id FROM crm_contact", "DROP VIEW crm_contact_view")]
    public async Task View_NameOfAnObjectThatIsNotOurs_LeavesItAndWarns(string create, string drop)
    {
        await using var test = await StartAsync(Tables.Contact);
        test.Execute(create);
        var catalogue = test.Catalogue();
        test.Extras = Views;
        await using var target = test.NewInstance();

        var plan = await target.ProvisionAsync([Tables.Contact], default);

        plan.Warnings.ShouldHaveSingleItem().ShouldContain("crm_contact_view");
        plan.Changes.ShouldBeEmpty();
        test.Catalogue().ShouldBe(catalogue);
        test.Execute(drop);
        (await target.ProvisionAsync([Tables.Contact], default)).Warnings.ShouldBeEmpty();
        test.Rows("SELECT fullname FROM crm_contact_view");
    }

    [ContractFact]
    public async Task View_NamesThatWouldClash_AreLeftOutWithAWarning()
    {
        var sample = Tables.AllTypes.And(new ColumnDefinition { Name = "Industry_Label", Type = ColumnType.Integer });
        await using var test = await CreateAsync();
        test.Extras = Views;
        await using var target = test.NewInstance();
        TableDefinition[] tables =
        [
            sample, Tables.Contact, Tables.Account with { Name = "sample_colours" },
            Tables.Account with { Name = "contact_view" },
        ];

        var plan = await target.ProvisionAsync(tables, default);

        foreach (var named in new[] { "industry_label", "crm_sample_colours", "crm_contact_view" })
        {
            plan.Warnings.ShouldContain(warning => warning.Contains(named, StringComparison.Ordinal));
        }

        test.Rows("SELECT industry, industry_label, region_label FROM crm_sample_view");
        test.Rows("SELECT fullname FROM crm_contact_view_view");
    }

    [ContractFact]
    public async Task View_NamesTooLong_AreLeftOutOrShortened()
    {
        var table = Tables.Contact with { Name = new string('t', 64) };
        table = table.And(
            new ColumnDefinition { Name = new string('c', 120), Type = ColumnType.MultiSelect },
            new ColumnDefinition
            {
                Name = new string('d', 126), Type = ColumnType.Boolean, Options = [new(1, "Yes", 1033)],
            });
        await using var test = await StartWithViewsAsync(table);

        test.Rows($"SELECT fullname FROM {test.Quoted($"crm_{table.Name}_view")}").ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Views_SeveralInstancesAtOnce_AreMadeOnce()
    {
        await using var test = await CreateAsync();
        test.WaitForLocks();
        test.Extras = Views;

        await ProvisionAtOnceAsync(test, Tables.Contact, Tables.AllTypes);

        test.SchemaChanges().Count(static change => change == "ViewMade ").ShouldBe(3);
    }

    /// <summary>The type of the name as table and view have it, where an engine holds columns to types.</summary>
    private static IEnumerable<string> LengthsOfNames(TestTarget test) => test.Catalogue().Split('\n')
        .Where(static line => line.StartsWith("crm_contact ", StringComparison.Ordinal)
            || line.StartsWith("crm_contact_view ", StringComparison.Ordinal))
        .Where(static line => line.Contains(" fullname ", StringComparison.Ordinal))
        .Select(static line => line[line.IndexOf(" fullname ", StringComparison.Ordinal)..])
        .DefaultIfEmpty("");
}
