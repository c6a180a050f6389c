using DataExport.Sandbox;

namespace DataExport.Silo.Tests.Trouble;

/// <summary>What a user sees of a profile that chooses columns, rows and masks: whole silo, real tables.</summary>
public sealed class SelectionTests
{
    private const long Female = 2;

    private static readonly ProfileEntity s_contact = new("contact")
    {
        Columns = ["emailaddress1", "lastname", "creditlimit"],
        Filter = "gendercode eq 2 and (donotphone eq null or donotphone ne null)",
        Masks = [new("lastname"), new("emailaddress1", MaskKind.Hash), new("creditlimit")],
    };

    [Fact]
    public async Task FilteredTable_WhateverEntersAndLeaves_EndsEqualToTheFilteredSource()
    {
        await using var silo = new SiloFixture(rows: 600);
        await silo.StartAsync([s_contact], maskKey: "a key of 16 letters");
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        var shown = silo.TargetIds("contact");
        shown.ShouldBe(InsideIds(silo), ignoreOrder: true);
        shown.Count.ShouldBeInRange(1, (int)environment.Count(contacts) - 1);

        foreach (var (place, contact) in silo.SourceIds("contact").Take(150).Index())
        {
            _ = (place % 5) switch
            {
                0 => environment.Delete(contacts, contact),
                1 => environment.DeleteSilently(contacts, contact),
                _ => environment.Update(contacts, contact, columns: 25),
            };
        }

        for (var place = 0; place < 30; place++)
        {
            _ = place % 2 == 0 ? environment.Create(contacts) : environment.CreateSilently(contacts);
        }

        await silo.SyncAsync();
        await SiloFixture.UntilAsync(
            async () => (await silo.Profile.GetReportAsync()).Pending == 0
                && silo.TargetIds("contact").SetEquals(InsideIds(silo)),
            "the target holds what the filter lets in");

        silo.LoggedIds("contact").Intersect(InsideIds(silo)).ShouldBeEmpty();
        silo.LoggedIds("contact").Intersect(shown).ShouldNotBeEmpty("what left or was deleted leaves a tombstone");
    }

    [Fact]
    public async Task ChosenColumns_AloneAreProvisioned_AndMaskedValuesNeverArrive()
    {
        await using var silo = new SiloFixture(rows: 300);
        await silo.StartAsync([s_contact], maskKey: "a key of 16 letters");
        var contacts = silo.Sandbox.Environment.Table("contact");
        foreach (var contact in silo.TargetIds("contact").Take(20))
        {
            _ = silo.Sandbox.Environment.Update(contacts, contact, columns: 25);
        }

        await silo.SyncAsync();

        ColumnsOf(silo).ShouldBe(
            [
                "Id", "SinkCreatedOn", "SinkModifiedOn", "contactid", "createdon", "creditlimit", "donotphone",
                "emailaddress1", "gendercode", "lastname", "modifiedon", "versionnumber",
            ],
            ignoreOrder: true);
        silo.TargetIds("contact", "lastname <> '***'").ShouldBeEmpty();
        silo.TargetIds("contact", "emailaddress1 IS NOT NULL AND length(emailaddress1) <> 64").ShouldBeEmpty();
        silo.TargetIds("contact", "creditlimit IS NOT NULL").ShouldBeEmpty();
        silo.TargetIds("contact", "emailaddress1 IS NOT NULL").ShouldNotBeEmpty();
        silo.TargetIds("contact", "gendercode <> 2").ShouldBeEmpty();
    }

    [Fact]
    public async Task ColumnThatDoesNotExist_KeepsTheProfileFromBeingActivated()
    {
        await using var silo = new SiloFixture(rows: 10);

        var refused = await Should.ThrowAsync<ProfileException>(
            () => silo.StartAsync([new ProfileEntity("contact") { Filter = "colour eq 'red'" }]));

        refused.Message.ShouldBe(
            "Table 'contact': Filter, character 1: the table has no column 'colour'; logical names are in lower case. "
            + "Correct the filter.");
    }

    private static HashSet<Guid> InsideIds(SiloFixture silo)
    {
        var environment = silo.Sandbox.Environment;
        var table = environment.Table("contact");
        var gender = table.Column("gendercode")!;
        return
        [
            .. environment.Records(table)
                .Where(record => environment.Value(table, record, gender) is { IsNull: false, Integer: Female })
                .Select(static record => record.Id),
        ];
    }

    private static List<string> ColumnsOf(SiloFixture silo)
    {
        using var connection = silo.OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info('crm_contact')";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
