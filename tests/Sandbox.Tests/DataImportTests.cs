namespace DataExport.Sandbox.Tests;

public sealed class DataImportTests : IDisposable
{
    private const string Schema = """
        <entities>
          <entity name="account" displayname="Account" etc="1" primaryidfield="accountid" primarynamefield="name">
            <fields>
              <field name="accountid" type="guid" primaryKey="true" />
              <field name="name" type="string" />
              <field name="employees" type="number" />
              <field name="revenue" type="money" />
              <field name="rate" type="decimal" />
              <field name="founded" type="datetime" />
              <field name="active" type="bool" />
              <field name="kinds" type="optionsetvaluecollection" />
              <field name="statecode" type="state" />
              <field name="statuscode" type="status" />
              <field name="parentid" type="entityreference" lookupType="account" />
              <field name="ownedby" type="entityreference" lookupType="contact|systemuser" />
              <field name="entityimage" type="imagedata" />
            </fields>
            <relationships>
              <relationship name="account_lead" manyToMany="true" relatedEntityName="accountleads"
                  m2mTargetEntity="lead" m2mTargetEntityPrimaryKey="leadid" />
            </relationships>
          </entity>
          <entity name="lead" primaryidfield="leadid" primarynamefield="subject">
            <fields><field name="leadid" type="guid" /><field name="subject" type="string" /></fields>
          </entity>
          <entity name="letter" primaryidfield="activityid" primarynamefield="subject">
            <fields>
              <field name="activityid" type="guid" /><field name="subject" type="string" />
              <field name="to" type="partylist" /><field name="createdon" type="datetime" />
            </fields>
          </entity>
        </entities>
        """;

    private static readonly Guid Account = new("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Lead = new("22222222-2222-4222-8222-222222222222");
    private static readonly Guid Letter = new("33333333-3333-4333-8333-333333333333");
    private static readonly Guid Party = new("44444444-4444-4444-8444-444444444444");

    private static readonly string Data = $"""
        <entities timestamp="2022-10-07T20:43:34Z">
          <entity name="account">
            <records>
              <record id="{Account}">
                <field name="accountid" value="{Account}" />
                <field name="name" value="A &quot;b&quot; / \ 😀&#xD;&#xA;{new string('x', 150)}" />
                <field name="employees" value="-7" />
                <field name="revenue" value="1000.5" />
                <field name="rate" value="1.0000000001" />
                <field name="founded" value="2001-02-03T04:05:06.0000000Z" />
                <field name="active" value="True" />
                <field name="kinds" value="[-1,30,10,-1]" />
                <field name="statecode" value="1" />
                <field name="statuscode" value="2" />
                <field name="parentid" value="{Account}" lookupentity="account" lookupentityname="A" />
                <field name="ownedby" value="{Lead}" lookupentity="systemuser" />
                <field name="entityimage" value="/9j/4AAQ" />
              </record>
            </records>
            <m2mrelationships>
              <m2mrelationship sourceid="{Account}" targetentityname="lead" targetentitynameidfield="leadid"
                  m2mrelationshipname="account_lead">
                <targetids><targetid>{Lead}</targetid></targetids>
              </m2mrelationship>
            </m2mrelationships>
          </entity>
          <entity name="letter">
            <records>
              <record id="{Letter}">
                <field name="subject" value="" />
                <field name="createdon" value="2010-01-02T03:04:05Z" />
                <field name="to" value="" lookupentity="" lookupentityname="">
                  <activitypointerrecords id="{Party}">
                    <field name="partyid" value="{Lead}" lookupentity="lead" />
                    <field name="activityid" value="{Letter}" lookupentity="activitypointer" />
                    <field name="participationtypemask" value="2" />
                    <field name="addressused" value="a@example.com" />
                    <field name="activitypartyid" value="{Party}" />
                  </activitypointerrecords>
                </field>
              </record>
            </records>
            <m2mrelationships />
          </entity>
        </entities>
        """;

    private readonly SampleFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Set_Loaded_HasTheValuesOfItsFiles()
    {
        var sandbox = Load(Schema, Data);

        var values = ValuesOf(sandbox, "account", Account);
        values["accountid"].Guid.ShouldBe(Account);
        values["name"].Text.ShouldBe($"A \"b\" / \\ 😀\r\n{new string('x', 150)}");
        values["employees"].Integer.ShouldBe(-7);
        values["revenue"].Decimal.ShouldBe(1000.5m);
        values["rate"].Decimal.ShouldBe(1.0000000001m);
        values["founded"].DateTime.ShouldBe(new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        values["active"].Boolean.ShouldBeTrue();
        values["kinds"].Text.Split(',').ShouldBe(["30", "10"], ignoreOrder: true);
        values["statecode"].Integer.ShouldBe(1);
        values["statuscode"].Integer.ShouldBe(2);
        values["parentid"].ToString().ShouldBe($"account/{Account}");
        values["ownedby"].ToString().ShouldBe($"systemuser/{Lead}");
        values["entityimageid"].IsNull.ShouldBeFalse();
        values["entityimage_url"].Text.ShouldStartWith("/Image/");
        ValuesOf(sandbox, "letter", Letter)["subject"].Text.ShouldBe("");
    }

    [Fact]
    public void Set_Loaded_HasItsTablesAndWhatEveryTableHas()
    {
        var sandbox = Load(Schema, Data);

        sandbox.TakesRows.ShouldBeFalse();
        sandbox.Tables.Select(table => table.Name)
            .ShouldBe(["account", "lead", "letter", "activityparty", "accountleads"]);
        foreach (var table in sandbox.Tables.Where(table => !table.HasSets))
        {
            foreach (var name in (string[])["createdon", "modifiedon", "ownerid", "versionnumber"])
            {
                table.Column(name).ShouldNotBeNull($"{table.Name}.{name}");
            }
        }

        var account = sandbox.Table("account");
        account.Column("name")!.MaxLength.ShouldBe(164);
        sandbox.Table("lead").Column("subject")!.MaxLength.ShouldBe(100);
        account.Column("rate")!.Precision.ShouldBe(10);
        account.Column("kinds")!.Options.Select(option => option.Value).ShouldBe([30, 10]);
        account.Column("statuscode")!.Options.ShouldBe([new SandboxOption(2, "Option 2", 1)]);
        account.Column("ownedby")!.Targets.ShouldBe(["contact", "systemuser"]);
        sandbox.Table("letter").IsActivity.ShouldBeTrue();
        sandbox.TryFind(sandbox.Table("letter"), Letter, out var letter).ShouldBeTrue();
        letter.CreatedOn.ShouldBe(new DateTime(2010, 1, 2, 3, 4, 5, DateTimeKind.Utc));
    }

    [Fact]
    public void Set_Loaded_HasItsPairsAndParties()
    {
        var sandbox = Load(Schema, Data);
        var relationship = sandbox.Relationships.Single();

        sandbox.Related(relationship, sandbox.Table("account"), Account).ShouldBe([Lead]);
        var party = ValuesOf(sandbox, "activityparty", Party);
        party["partyid"].ToString().ShouldBe($"lead/{Lead}");
        party["activityid"].ToString().ShouldBe($"activitypointer/{Letter}");
        party["participationtypemask"].Integer.ShouldBe(2);
        party["addressused"].Text.ShouldBe("a@example.com");
        sandbox.Delete(sandbox.Table("letter"), Letter).ShouldBeTrue();
        sandbox.Delete(sandbox.Table("account"), Account).ShouldBeTrue();
        sandbox.Tables.Sum(sandbox.Count).ShouldBe(0);
    }

    [Fact]
    public void PairId_LoadedTwice_IsTheSame()
    {
        Guid PairId() => Load(Schema, Data) is var sandbox
            ? sandbox.Records(sandbox.Table("accountleads")).Single().Id
            : default;

        PairId().ShouldBe(PairId());
    }

    [Fact]
    public void Update_OfALoadedRecord_ChangesTheSentColumnsAlone()
    {
        var sandbox = Load(Schema, Data);
        var table = sandbox.Table("account");
        var before = ValuesOf(sandbox, "account", Account);

        sandbox.Update(table, Account, [table.Column("employees")!.Ordinal]).ShouldBeTrue();

        var after = ValuesOf(sandbox, "account", Account);
        after.Where(pair => before[pair.Key] != pair.Value).Select(pair => pair.Key)
            .ShouldBeSubsetOf(["employees", "modifiedon", "versionnumber"]);
        after["employees"].ShouldNotBe(before["employees"]);
    }

    [Theory]
    [InlineData("name=\"employees\" value=\"-7\"", "name=\"employees\" value=\"seven\"", "whole number")]
    [InlineData("value=\"1000.5\"", "value=\"much\"", "number")]
    [InlineData("2001-02-03T04:05:06.0000000Z", "the third of May", "time from 1753")]
    [InlineData("value=\"True\"", "value=\"perhaps\"", "True or False")]
    [InlineData("name=\"employees\"", "name=\"nosuch\"", "Field nosuch of account is not in data_schema.xml")]
    [InlineData("[-1,30,10,-1]", "[-1,x,-1]", "number of an option")]
    public void Data_Wrong_IsToldWithFileLineAndRemedy(string right, string wrong, string fault)
    {
        var line = Data[..Data.IndexOf(right, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;

        var refusal = Should.Throw<ImportException>(
            () => Load(Schema, Data.Replace(right, wrong, StringComparison.Ordinal)));

        refusal.File.ShouldEndWith("data.xml");
        refusal.Line.ShouldBe(line);
        refusal.Message.ShouldContain($"data.xml, line {line}:");
        refusal.Message.ShouldContain(fault);
        refusal.Message.Split(". ").Length.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("<entity name=\"letter\">", "<entity name=\"fax\">", "Entity fax is not in data_schema.xml")]
    [InlineData("m2mrelationshipname=\"account_lead\"", "m2mrelationshipname=\"other\"", "Relationship other is not")]
    [InlineData("<targetid>22222222", "<targetid>nonsense", "is no id")]
    [InlineData("</entities>", "", "no well-formed XML")]
    public void Data_Misshapen_IsRefused(string right, string wrong, string fault)
    {
        var refusal = Should.Throw<ImportException>(
            () => Load(Schema, Data.Replace(right, wrong, StringComparison.Ordinal)));

        refusal.Message.ShouldContain(fault);
        refusal.Line.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("type=\"money\"", "type=\"gold\"", "'gold', which is not known")]
    [InlineData("name=\"revenue\"", "name=\"name\"", "Field name of account comes twice")]
    [InlineData("primaryidfield=\"leadid\" ", "", "<entity> has no primaryidfield")]
    public void Schema_Wrong_IsRefused(string right, string wrong, string fault) => Should.Throw<ImportException>(
            () => Load(Schema.Replace(right, wrong, StringComparison.Ordinal), Data))
        .Message.ShouldContain(fault);

    [Fact]
    public void Entity_External_IsRefused()
    {
        var data = "<!DOCTYPE entities [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>" + Data;

        Should.Throw<ImportException>(() => Load(Schema, data)).Message.ShouldContain("no well-formed XML");
    }

    [Fact]
    public void File_Missing_IsNamed()
    {
        _files.Write("data_schema.xml", Schema);

        Should.Throw<ImportException>(() => SandboxModel.FromData(_files.Path, 1))
            .Message.ShouldContain("data.xml: The file cannot be opened.");
        Should.Throw<ImportException>(() => SandboxModel.FromData(Path.Combine(_files.Path, "nosuch"), 1))
            .Message.ShouldContain("data_schema.xml");
    }

    private DataverseSandbox Load(string schema, string data)
    {
        _files.Write("data_schema.xml", schema);
        _files.Write("data.xml", data);
        return new DataverseSandbox(
            new DataverseSandboxOptions { Model = SandboxModel.FromData(_files.Path, 1) }, new FakeClock());
    }

    private static SandboxRecord Find(DataverseSandbox sandbox, string table, Guid id)
    {
        sandbox.TryFind(sandbox.Table(table), id, out var record).ShouldBeTrue();
        record.IsAlive.ShouldBeTrue();
        return record;
    }

    private static Dictionary<string, SandboxValue> ValuesOf(DataverseSandbox sandbox, string name, Guid id)
    {
        var table = sandbox.Table(name);
        var record = Find(sandbox, name, id);
        return table.Columns.ToDictionary(column => column.Name, column => sandbox.Value(table, record, column));
    }
}
