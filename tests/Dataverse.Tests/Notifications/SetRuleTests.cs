using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

/// <summary>
/// Rows of N:N tables and parties of activities, which no message names: the sets that are asked for.
/// </summary>
public sealed class SetRuleTests
{
    private static readonly Guid NoId = Guid.Empty;

    private static readonly TableDefinition ListMember = TestTables.Define("listmember", "listmemberid:Lookup") with
    {
        Relationships =
        [
            new RelationshipDefinition("listaccount_association", "list", "listid", "account", "entityid"),
            new RelationshipDefinition("listlead_association", "list", "listid", "lead", "entityid"),
        ],
    };

    private static readonly TableDefinition Friends = TestTables.Define("friends", "friendsid:UniqueIdentifier") with
    {
        Relationships =
            [new RelationshipDefinition("Account_Friends", "account", "accountidone", "account", "accountidtwo")],
    };

    private static readonly TableDefinition Task =
        TestTables.Define("task", "activityid:UniqueIdentifier subject:Text ownerid:Lookup to:PartyList");

    private static readonly TableDefinition Party =
        TestTables.Define("activityparty", "activitypartyid:UniqueIdentifier activityid:Lookup");

    private static readonly TableCatalog Sets = new("p1", [TestTables.Account, ListMember, Friends, Task, Party]);

    [Theory]
    [InlineData("Associate", "account", "listaccount_association", "listmember.entityid")]
    [InlineData("Disassociate", "account", "ListAccount_Association", "listmember.entityid")]
    [InlineData("Associate", "list", "listaccount_association", "listmember.listid")]
    [InlineData("Associate", "list", "listlead_association", "listmember.listid")]
    [InlineData("Associate", "account", "account_friends", "friends.accountidone friends.accountidtwo")]
    [InlineData("Associate", "contact", "listaccount_association", "listmember.listid listmember.entityid")]
    [InlineData("Associate", "account", "contact_customer_accounts", "")]
    public void Association_OfManyToMany_AsksForTargetsSide(
        string message, string table, string relationship, string expected)
    {
        var result = Decode(Association(message, Reference(table), relationship), catalog: Sets);

        SetsOf(result).ShouldBe(expected);
        result.RelationshipName.ShouldBe(relationship);
        result.Changes.ShouldAllBe(change => change.Key.RecordId == Guid.Parse(RecordId)
            && change.Kind == ChangeKind.Touched
            && change.Reason == UncertainReason.SetChanged
            && change.OperationId == Guid.Parse("804c4f08-3759-ed11-9562-000d3adf72a2"));
    }

    [Fact]
    public void Association_TableOfItsQuestion_IsTheIntersectTable()
    {
        var result = Decode(Association("Associate", Reference(), "listaccount_association"), catalog: Sets);

        result.Tables.ShouldHaveSingleItem().Name.ShouldBe("listmember");
        result.Changes[0].Key.ToGrainKey().ShouldBe("p1/listmember/80a2c6414c79e61180dfc4346baca9e4/entityid");
    }

    [Theory]
    [InlineData("account", "listmember.entityid friends.accountidone friends.accountidtwo")]
    [InlineData("list", "listmember.listid")]
    [InlineData("lead", "listmember.entityid")]
    [InlineData("contact", "")]
    public void Association_Truncated_AsksForEverySetOfTheRecord(string table, string expected) =>
        SetsOf(Decode(Context("Associate", "null", table), isTruncated: true, catalog: Sets)).ShouldBe(expected);

    [Fact]
    public void Association_TruncatedWithoutCatalog_IsTheEnvelopesRecord() =>
        Decode(Context("Associate", "null"), isTruncated: true, catalog: TableCatalog.Untyped)
            .Changes.ShouldHaveSingleItem().Key.ShouldBe(new RecordKey("", "account", Guid.Parse(RecordId)));

    [Theory]
    [InlineData("Associate", "none")]
    [InlineData("Disassociate", "")]
    public void Association_TruncatedAndOfNoTable_AsksForEverySetByEitherColumn(string message, string table)
    {
        var result = Decode(Context(message, "null", table), isTruncated: true, catalog: Sets);

        SetsOf(result).ShouldBe(
            "listmember.listid listmember.entityid friends.accountidone friends.accountidtwo");
        result.Changes.ShouldAllBe(change => change.Key.RecordId == Guid.Parse(RecordId));
        result.HasUnnamedRecords.ShouldBeFalse();
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("account", true)]
    [InlineData("contact", false)]
    public void Association_TruncatedAndOfNoRecord_IsToldWhereItMayBeExported(string table, bool isTold)
    {
        var result = Decode(Context("Disassociate", "null", table, NoId.ToString()), isTruncated: true, catalog: Sets);

        result.Changes.ShouldBeEmpty();
        result.HasUnnamedRecords.ShouldBe(isTold);
    }

    [Fact]
    public void Association_TruncatedAndWithoutIntersectTables_IsNothing()
    {
        var result = Decode(Context("Associate", "null", "none", NoId.ToString()), isTruncated: true);

        result.Changes.ShouldBeEmpty();
        result.HasUnnamedRecords.ShouldBeFalse();
    }

    [Fact]
    public void Association_WithoutTarget_TakesEnvelopesRecord()
    {
        var parameters = $"[{Item("Relationship", "{'SchemaName':'listaccount_association'}")}]";

        SetsOf(Decode(Context("Associate", parameters), catalog: Sets)).ShouldBe("listmember.entityid");
    }

    [Theory]
    [InlineData("Create", "{'key':'subject','value':'A'}", true)]
    [InlineData("Update", "{'key':'subject','value':'A'}", false)]
    [InlineData("Update", "{'key':'to','value':{'__type':'EntityCollection:x','Entities':[]}}", true)]
    [InlineData("Update", "{'key':'regardingobjectid','value':null}", true)]
    [InlineData("Update", "{'key':'ownerid','value':null}", true)]
    [InlineData("Update", "{'key':'scheduledstart','value':null}", true)]
    [InlineData("Update", "{'key':'scheduledend','value':'\\/Date(1724658196000)\\/'}", true)]
    [InlineData("Update", "{'key':'scheduleddurationminutes','value':5}", false)]
    [InlineData("Update", "{'key':'subject','value':5}", true)]
    public void Activity_ThatMayChangeItsParties_AsksForThem(string message, string attributes, bool asks)
    {
        var result = Decode(WithTarget(message, attributes, "task").Replace("\"account\"", "\"task\""), catalog: Sets);

        result.Changes[0].Key.ShouldBe(new RecordKey("p1", "task", Guid.Parse(RecordId)));
        SetsOf(result).ShouldBe(asks ? "activityparty.activityid" : "");
        if (asks)
        {
            result.Changes[1].Key.ShouldBe(new RecordKey("p1", "activityparty", Guid.Parse(RecordId), "activityid"));
            result.Changes[1].Reason.ShouldBe(UncertainReason.SetChanged);
            result.Changes[1].OperationId.ShouldBe(result.Changes[0].OperationId);
        }
    }

    [Theory]
    [InlineData("Delete", "[{'key':'Target','value':{'LogicalName':'task','Id':'" + RecordId + "'}}]")]
    [InlineData("Delete", "null")]
    [InlineData("Assign", "[{'key':'Target','value':{'LogicalName':'task','Id':'" + RecordId + "'}}]")]
    [InlineData("Update", "null")]
    public void Activity_DeletedTouchedOrTruncated_AsksForItsParties(string message, string parameters)
    {
        var result = Decode(Context(message, parameters, "task"), isTruncated: parameters == "null", catalog: Sets);

        result.Changes.Count.ShouldBe(2);
        SetsOf(result).ShouldBe("activityparty.activityid");
    }

    [Theory]
    [InlineData("Create", "subject", true)]
    [InlineData("Update", "regardingobjectid", true)]
    [InlineData("Update", "subject", false)]
    public void Activity_WithoutAPartyList_HasPartiesAllTheSame(string message, string attribute, bool asks)
    {
        var task = TestTables.Define("task", "activityid:UniqueIdentifier subject:Text regardingobjectid:Lookup") with
        {
            PrimaryIdColumn = "activityid",
        };
        var body = WithTarget(message, $"{{'key':'{attribute}','value':null}}", "task")
            .Replace("\"account\"", "\"task\"");

        var result = Decode(body, catalog: new TableCatalog("p1", [task, Party]));

        SetsOf(result).ShouldBe(asks ? "activityparty.activityid" : "");
    }

    [Fact]
    public void Activity_WithoutPartiesInTheProfile_IsItsRecordAlone()
    {
        var catalog = new TableCatalog("p1", [Task]);

        Decode(Context("Delete", "null", "task"), catalog: catalog).Changes.ShouldHaveSingleItem()
            .Key.SetColumn.ShouldBeNull();
    }

    [Fact]
    public void Print_Association_NamesSetAndRelationship()
    {
        PrintLine(Sets).ShouldStartWith("""
            {"table":"listmember","id":"80a2c641-4c79-e611-80df-c4346baca9e4","setColumn":"entityid","kind":"touched",
            """.Trim());
        PrintLine(Sets).ShouldContain("""
            "reason":"SetChanged","modifiedOn":null,"message":"Associate","relationship":"listaccount_association",
            """.Trim());
        PrintLine(null).ShouldStartWith("""
            {"table":"account","id":"80a2c641-4c79-e611-80df-c4346baca9e4","kind":"touched","reason":"SetChanged",
            """.Trim());
    }

    private static string PrintLine(TableCatalog? tables)
    {
        var json = Association("Associate", Reference(), "listaccount_association");
        var body = new NotificationBody(System.Text.Encoding.UTF8.GetBytes(json));
        new NotificationPrinter(tables).TryPrint(body, out var lines, out _).ShouldBeTrue();
        return lines.ShouldHaveSingleItem();
    }

    private static string Association(string message, string target, string relationship)
    {
        var parameters = string.Join(
            ',',
            Item("Target", target),
            Item("Relationship", $"{{'__type':'Relationship:x','SchemaName':'{relationship}'}}"),
            Item("RelatedEntities", $"[{Reference("lead", OtherId)}]"));
        return Context(message, $"[{parameters}]", "none", NoId.ToString());
    }

    private static string SetsOf(DecodedNotification result) => string.Join(
        ' ',
        result.Changes.Where(change => change.Key.SetColumn is not null)
            .Select(change => $"{change.Key.Table}.{change.Key.SetColumn}"));
}
