using System.Text.Json;

namespace DataExport.Sandbox.Tests;

public sealed class MetadataImportTests : IDisposable
{
    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [SampleFact("metadata")]
    public void Samples_Imported_HaveTheColumnsThatHoldData()
    {
        var sandbox = Load(SampleFolder.Find("metadata")!);

        sandbox.TakesRows.ShouldBeTrue();
        sandbox.Tables.Select(table => table.Name).Where(name => name != "accountleads").Order()
            .ShouldBe(["account", "lead", "team"]);
        var account = sandbox.Table("account");
        account.Columns.Count(column => column.AttributeOf is null).ShouldBe(148);
        account.Columns.Where(column => column.AttributeOf is not null).Select(column => column.Name)
            .ShouldBe(["entityimage", "entityimage_timestamp", "entityimage_url"], ignoreOrder: true);
        sandbox.Table("team").Columns.Count.ShouldBe(34);
        sandbox.Table("lead").Columns.Count(column => column.AttributeOf is null).ShouldBe(210);
        account.Column("accountcategorycode")!.Options.Select(option => option.Label)
            .ShouldBe(["Preferred Customer", "Standard"]);
        account.Column("statuscode")!.Options.Select(option => (option.Value, option.State))
            .ShouldBe([(1, 0), (2, 1)]);
        account.Column("name")!.MaxLength.ShouldBe(160);
        account.Column("address1_latitude")!.Precision.ShouldBe(5);
        account.Column("address1_latitude")!.MinValue.ShouldBe(-90);
        sandbox.Table("lead").Column("estimatedclosedate")!.DateBehavior.ShouldBe(SandboxDateBehavior.DateOnly);
        sandbox.Table("lead").Column("customerid")!.Targets.ShouldBe(["account", "contact"], ignoreOrder: true);
    }

    [SampleFact("metadata")]
    public void Samples_Filled_HoldTheEdgesOfTheirTypes()
    {
        var sandbox = Load(SampleFolder.Find("metadata")!);
        sandbox.Seed(6000);
        var table = sandbox.Table("account");

        sandbox.Tables.Sum(sandbox.Count).ShouldBe(6000);
        Column("telephone1").ShouldContain(value => !value.IsNull && value.Text.Length == 50);
        Column("telephone1").ShouldContain(value => !value.IsNull && value.Text == "");
        Column("description").ShouldContain(value => value.IsNull);
        Column("lastusedincampaign").ShouldContain(value => !value.IsNull && value.DateTime.Year == 1753);
        Column("lastusedincampaign").ShouldContain(value => !value.IsNull && value.DateTime.Year == 9999);
        Column("numberofemployees").ShouldContain(value => !value.IsNull && value.Integer == 1_000_000_000);
        var largest = table.Column("marketcap")!.MaxValue;
        Column("marketcap").ShouldContain(value => !value.IsNull && value.Decimal == largest);
        Column("exchangerate").ShouldContain(value => !value.IsNull && value.Decimal == 100_000_000_000m);
        Column("entityimageid").ShouldContain(value => !value.IsNull);
        foreach (var record in sandbox.Records(table))
        {
            var state = sandbox.Value(table, record, table.Column("statecode")!).Integer;
            var reason = sandbox.Value(table, record, table.Column("statuscode")!).Integer;
            table.Column("statuscode")!.Options.Single(option => option.Value == reason).State.ShouldBe((int)state);
        }

        List<SandboxValue> Column(string name) =>
            [.. sandbox.Records(table).Select(record => sandbox.Value(table, record, table.Column(name)!))];
    }

    [SampleFact("metadata")]
    public async Task Attributes_OfAnExport_AreAllListed()
    {
        var sandbox = Load(SampleFolder.Find("metadata")!);
        await using var host = new DataverseHost(sandbox, new DataverseHostOptions());
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = host.BaseAddress };

        var answer = JsonDocument.Parse(
            await client.GetStringAsync("EntityDefinitions(LogicalName='account')/Attributes")).RootElement;

        var attributes = answer.GetProperty("value").EnumerateArray()
            .ToDictionary(each => each.GetProperty("LogicalName").GetString()!);
        attributes.Count.ShouldBe(215);
        attributes["owneridtype"].GetProperty("AttributeType").GetString().ShouldBe("EntityName");
        attributes["owneridtype"].GetProperty("AttributeOf").GetString().ShouldBe("ownerid");
        attributes["industrycodename"].GetProperty("AttributeTypeName").GetProperty("Value").GetString()
            .ShouldBe("VirtualType");
        attributes["entityimage"].GetProperty("AttributeOf").GetString().ShouldBe("entityimageid");
    }

    [Fact]
    public void Relationships_WithBothTablesPresent_BecomeIntersectTables()
    {
        var (both, one) = (Relationship("new_one", "new_two"), Relationship("new_one", "absent"));
        _files.Write("one.xml", Entity("new_one", both + one));
        _files.Write("two.xml", $"<Array>{Entity("new_two", both)}</Array>");

        var sandbox = Load(_files.Path);
        sandbox.Seed(400);

        sandbox.Tables.Select(table => table.Name).ShouldBe(["new_one", "new_two", "new_one_new_two"]);
        sandbox.Relationships.Single().Column2.ShouldBe("new_twoid");
        sandbox.Count(sandbox.Table("new_one_new_two")).ShouldBeGreaterThan(0);
    }

    [SampleFact("metadata")]
    public void Update_OfWhatCannotBeUpdated_IsRefused()
    {
        var sandbox = Load(SampleFolder.Find("metadata")!);
        sandbox.Seed(10);
        var table = sandbox.Table("account");
        var id = sandbox.Records(table).First().Id;

        Should.Throw<ArgumentException>(() => sandbox.Update(table, id, [table.Column("createdby")!.Ordinal]));
        sandbox.Update(table, id, [table.Column("name")!.Ordinal]).ShouldBeTrue();
    }

    [Fact]
    public void Files_Wrong_AreNamed()
    {
        Should.Throw<ImportException>(() => Load(Path.Combine(_files.Path, "nosuch")))
            .Message.ShouldContain("There is no such directory.");
        Should.Throw<ImportException>(() => Load(_files.Path)).Message.ShouldContain("holds no table's metadata");

        _files.Write("other.xml", "<Something />");
        Should.Throw<ImportException>(() => Load(_files.Path))
            .Message.ShouldContain("other.xml: It holds no EntityMetadata.");
        _files.Write("other.xml", "<EntityMetadata>\n<Attributes>\n</EntityMetadata>");
        var refusal = Should.Throw<ImportException>(() => Load(_files.Path));
        refusal.Message.ShouldContain("other.xml, line 3:");
    }

    private static DataverseSandbox Load(string directory) => new(
        new DataverseSandboxOptions { Model = SandboxModel.FromMetadata(directory, 1) }, new FakeClock());

    private static string Entity(string name, string relationships) => $"""
        <x:EntityMetadata xmlns:x="http://schemas.microsoft.com/xrm/2011/Metadata"
            xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
          <x:Attributes>
            <x:AttributeMetadata i:type="x:UniqueIdentifierAttributeMetadata">
              <x:AttributeType>Uniqueidentifier</x:AttributeType><x:LogicalName>{name}id</x:LogicalName>
            </x:AttributeMetadata>
            <x:AttributeMetadata i:type="x:StringAttributeMetadata">
              <x:AttributeType>String</x:AttributeType><x:LogicalName>name</x:LogicalName>
              <x:MaxLength>20</x:MaxLength>
            </x:AttributeMetadata>
          </x:Attributes>
          <x:LogicalName>{name}</x:LogicalName>
          <x:ManyToManyRelationships>{relationships}</x:ManyToManyRelationships>
          <x:PrimaryIdAttribute>{name}id</x:PrimaryIdAttribute>
        </x:EntityMetadata>
        """;

    private static string Relationship(string one, string two) => $"""
        <x:ManyToManyRelationshipMetadata>
          <x:SchemaName>{one}_{two}</x:SchemaName>
          <x:Entity1IntersectAttribute>{one}id</x:Entity1IntersectAttribute>
          <x:Entity1LogicalName>{one}</x:Entity1LogicalName>
          <x:Entity2IntersectAttribute>{two}id</x:Entity2IntersectAttribute>
          <x:Entity2LogicalName>{two}</x:Entity2LogicalName>
          <x:IntersectEntityName>{one}_{two}</x:IntersectEntityName>
        </x:ManyToManyRelationshipMetadata>
        """;
}
