using System.Text;
using DataExport.Dataverse.Notifications;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

public sealed class MessageRuleTests
{
    private const string NoId = "00000000-0000-0000-0000-000000000000";
    private const string ModifiedOn = "{'key':'modifiedon','value':'\\/Date(1724658196999)\\/'}";
    private static readonly DateTime Modified = new(2024, 8, 26, 7, 43, 16, DateTimeKind.Utc);

    [Theory]
    [InlineData("Create", ChangeKind.Create)]
    [InlineData("Update", ChangeKind.Update)]
    public void Upsert_OfKnownTable_HasKeyTimeAndOperation(string message, ChangeKind kind)
    {
        var result = Decode(WithTarget(message, ModifiedOn + "," + Item("name", "'A'")));

        var change = result.Changes.ShouldHaveSingleItem();
        change.Key.ShouldBe(new RecordKey("p1", "account", Guid.Parse(RecordId)));
        change.Kind.ShouldBe(kind);
        change.ModifiedOn.ShouldBe(Modified);
        change.OperationId.ShouldBe(Guid.Parse("804c4f08-3759-ed11-9562-000d3adf72a2"));
        change.Reason.ShouldBe(UncertainReason.None);
        result.OrganizationId.ShouldBe(Guid.Parse("407b9c05-0e6b-45c2-bf2f-45891c1c0937"));
        result.MessageName.ShouldBe(message);
    }

    [Fact]
    public void Delete_AnyWay_IsDatedByItsOperation()
    {
        var change = Decode(Context("Delete", $"[{Item("Target", Reference())}]")).Changes.ShouldHaveSingleItem();

        change.Kind.ShouldBe(ChangeKind.Delete);
        change.Columns.ShouldBeNull();
        change.ModifiedOn.ShouldBe(new DateTime(2024, 8, 26, 7, 43, 16, DateTimeKind.Utc));
    }

    public static TheoryData<string, string> TouchingMessages => new()
    {
        { "SetStateDynamicEntity", Item("EntityMoniker", Reference()) + "," + Item("State", "{'Value':1}") },
        { "SetState", Item("EntityMoniker", Reference()) },
        { "Assign", Item("Target", Reference()) + "," + Item("Assignee", Reference("systemuser", OtherId)) },
        { "Restore", Item("Target", Entity("")) },
        { "new_Custom", Item("Target", Reference()) },
        { "Route", Item("Other", "5") },
        { "BulkRetain", Item("Targets", $"[{Reference()}]") },
    };

    [Theory]
    [MemberData(nameof(TouchingMessages))]
    public void OtherMessage_ThatNamesRecord_TouchesItOnce(string message, string parameters)
    {
        var change = Decode(Context(message, $"[{parameters}]")).Changes.ShouldHaveSingleItem();

        change.Key.RecordId.ShouldBe(Guid.Parse(RecordId));
        change.Kind.ShouldBe(ChangeKind.Touched);
        change.Reason.ShouldBe(UncertainReason.OtherMessage);
        change.Columns.ShouldBeNull();
    }

    [Fact]
    public void Merge_BothRecords_AreTouched()
    {
        var parameters = $"[{Item("Target", Reference())},{Item("SubordinateId", $"'{OtherId}'")},"
            + $"{Item("UpdateContent", Entity(Item("name", "'A'")))},{Item("PerformParentingChecks", "true")}]";

        Decode(Context("Merge", parameters)).Changes.Select(change => (change.Kind, change.Key.RecordId)).ShouldBe(
            [(ChangeKind.Touched, Guid.Parse(RecordId)), (ChangeKind.Touched, Guid.Parse(OtherId))], ignoreOrder: true);
    }

    [Theory]
    [InlineData("CreateMultiple", ChangeKind.Create)]
    [InlineData("UpdateMultiple", ChangeKind.Update)]
    public void Multiple_EachMember_IsAChange(string message, ChangeKind kind)
    {
        var members = $"{Entity(ModifiedOn + "," + Item("name", "'A'"))},{Entity(Item("name", "'B'"), id: OtherId)}";
        var targets = Item("Targets", $"{{'__type':'EntityCollection:x','Entities':[{members}]}}");

        var result = Decode(Context(message, $"[{targets}]", primaryId: Guid.Empty.ToString()));

        result.Changes.Select(change => (change.Kind, change.ModifiedOn)).ShouldBe([(kind, Modified), (kind, null)]);
        TestTables.Account.Read(result.Changes[1].Columns)["name"].ShouldBe("B");
    }

    [Fact]
    public void DeleteMultiple_EachMember_IsADeletion()
    {
        var targets = Item("Targets", $"[{Reference()},{Reference(id: OtherId)}]");

        Decode(Context("DeleteMultiple", $"[{targets}]", primaryId: Guid.Empty.ToString()))
            .Changes.Select(change => (change.Kind, change.Key.RecordId)).ShouldBe(
                [(ChangeKind.Delete, Guid.Parse(RecordId)), (ChangeKind.Delete, Guid.Parse(OtherId))]);
    }

    [Fact]
    public void UpsertMultiple_EachMember_IsAsked()
    {
        var members = $"{Entity(Item("name", "'A'"))},{Entity(Item("name", "'B'"), id: OtherId)}";
        var targets = Item("Targets", $"{{'__type':'EntityCollection:x','Entities':[{members}]}}");

        Decode(Context("UpsertMultiple", $"[{targets}]", primaryId: Guid.Empty.ToString()))
            .Changes.Select(change => (change.Kind, change.Reason, change.Key.RecordId)).ShouldBe(
            [
                (ChangeKind.Touched, UncertainReason.OtherMessage, Guid.Parse(RecordId)),
                (ChangeKind.Touched, UncertainReason.OtherMessage, Guid.Parse(OtherId)),
            ]);
    }

    [Fact]
    public void CreateMultiple_MemberWithItsIdAmongTheColumnsOnly_HasThatId()
    {
        var member = Entity(Item("accountid", $"'{OtherId}'"), id: Guid.Empty.ToString());
        var targets = Item("Targets", $"{{'__type':'EntityCollection:x','Entities':[{member}]}}");

        Decode(Context("CreateMultiple", $"[{targets}]", primaryId: Guid.Empty.ToString()))
            .Changes.ShouldHaveSingleItem().Key.RecordId.ShouldBe(Guid.Parse(OtherId));
    }

    [Fact]
    public void Merge_EnvelopeWithoutTable_TakesSubordinateForOneOfTargetsTable()
    {
        var parameters = $"[{Item("Target", Reference())},{Item("SubordinateId", $"'{OtherId}'")}]";

        Decode(Context("Merge", parameters, "none", Guid.Empty.ToString()))
            .Changes.Select(change => (change.Key.Table, change.Key.RecordId)).ShouldBe(
                [("account", Guid.Parse(RecordId)), ("account", Guid.Parse(OtherId))]);
    }

    [Fact]
    public void CustomAction_OfNoRecord_GivesNoChange() =>
        Decode(Context(
            "new_Do", $"[{Item("InputEntity", Entity(Item("name", "'A'")))}]", "none", Guid.Empty.ToString()))
            .Changes.ShouldBeEmpty();

    [Fact]
    public void Change_OfTableThatProfileDoesNotHave_GivesNone() =>
        Decode(WithTarget("Update", ModifiedOn, "opportunity").Replace("\"account\"", "\"opportunity\""))
            .Changes.ShouldBeEmpty();

    [Theory]
    [InlineData("null", "Create", ChangeKind.Touched)]
    [InlineData("[]", "Update", ChangeKind.Touched)]
    [InlineData("[]", "Assign", ChangeKind.Touched)]
    [InlineData("null", "Delete", ChangeKind.Delete)]
    public void Truncated_WithoutParameters_AsksForRecordUnlessDeleted(
        string parameters, string message, ChangeKind kind)
    {
        var result = Decode(Context(message, parameters), isTruncated: true);

        var change = result.Changes.ShouldHaveSingleItem();
        (change.Kind, change.Key.RecordId, result.IsTruncated).ShouldBe((kind, Guid.Parse(RecordId), true));
        change.Reason.ShouldBe(kind is ChangeKind.Touched ? UncertainReason.Truncated : UncertainReason.None);
    }

    [Fact]
    public void Truncated_WithoutTheMember_AsksForRecord() =>
        Decode(Context("Update", "null").Replace("\"InputParameters\":null,", ""), isTruncated: true)
            .Changes.ShouldHaveSingleItem().Reason.ShouldBe(UncertainReason.Truncated);

    [Theory]
    [InlineData("CreateMultiple", "account", NoId, 0, true)]
    [InlineData("UpdateMultiple", "account", NoId, 0, true)]
    [InlineData("DeleteMultiple", "account", NoId, 0, true)]
    [InlineData("UpdateMultiple", "account", RecordId, 1, true)]
    [InlineData("Merge", "account", RecordId, 1, true)]
    [InlineData("Update", "account", NoId, 0, true)]
    [InlineData("Delete", "account", NoId, 0, true)]
    [InlineData("Assign", "account", NoId, 0, true)]
    [InlineData("Create", "account", RecordId, 1, false)]
    [InlineData("Delete", "account", RecordId, 1, false)]
    [InlineData("Assign", "account", RecordId, 1, false)]
    [InlineData("UpdateMultiple", "opportunity", NoId, 0, false)]
    [InlineData("Merge", "opportunity", RecordId, 0, false)]
    [InlineData("new_Do", "none", NoId, 0, false)]
    public void Truncated_OfMoreThanItNames_IsTold(string message, string table, string id, int changes, bool isTold)
    {
        var result = Decode(Context(message, "null", table, id), isTruncated: true);

        result.Changes.Count.ShouldBe(changes);
        result.HasUnnamedRecords.ShouldBe(isTold);
    }

    [Fact]
    public void Result_UsedAgain_ForgetsThatRecordsWereUnnamed()
    {
        var result = new DecodedNotification();
        var decoder = new NotificationDecoder();
        string[] bodies = [Context("UpdateMultiple", "null", primaryId: NoId), Context("Update", "null")];

        bool[] told = [.. bodies.Select(body =>
            decoder.TryDecode(new NotificationBody(Encoding.UTF8.GetBytes(body)), Catalog, result, out _)
            && result.HasUnnamedRecords)];

        told.ShouldBe([true, false]);
    }

    [Theory]
    [InlineData("'later'")]
    [InlineData("5")]
    [InlineData("null")]
    public void Upsert_WithoutUsableModifiedOn_IsNotDated(string value)
    {
        var lead = WithTarget("Update", Item("modifiedon", value), "lead").Replace("\"account\"", "\"lead\"");

        var change = Decode(lead).Changes.ShouldHaveSingleItem();

        change.Kind.ShouldBe(ChangeKind.Update);
        change.ModifiedOn.ShouldBeNull();
    }

    [Fact]
    public void Upsert_OfTableWithoutModifiedOn_IsDatedAllTheSame()
    {
        var change = Decode(WithTarget("Update", ModifiedOn, "lead")).Changes.ShouldHaveSingleItem();

        change.Key.Table.ShouldBe("lead");
        change.ModifiedOn.ShouldBe(Modified);
        change.Columns!.EncodedBytes.ShouldBe(0);
    }

    [Theory]
    [InlineData(OtherId, OtherId)]
    [InlineData("00000000-0000-0000-0000-000000000000", RecordId)]
    public void Target_IdNotEmpty_WinsOverPrimaryId(string targetId, string expected) =>
        Decode(WithTarget("Update", ModifiedOn, id: targetId)).Changes.ShouldHaveSingleItem()
            .Key.RecordId.ShouldBe(Guid.Parse(expected));

    [Fact]
    public void Target_OfATableWithoutAName_IsOfTheEnvelopesTable()
    {
        var change = Decode(WithTarget("Update", Item("name", "'A'"), table: "")).Changes.ShouldHaveSingleItem();

        change.Key.Table.ShouldBe("account");
        TestTables.Account.Read(change.Columns)["name"].ShouldBe("A");
    }

    [Fact]
    public void Members_InAnyOrder_SayTheSame()
    {
        var body = """
            {'PrimaryEntityName':'lead','PrimaryEntityId':'80a2c641-4c79-e611-80df-c4346baca9e4','ParentContext':null,
            'OperationId':'804c4f08-3759-ed11-9562-000d3adf72a2','MessageN\u0061me':'Upd\u0061te','InputParameters':[
            {'value':{'LogicalName':'account','Id':'11111111-1111-4111-8111-111111111111','Attributes':[
            {'value':'B','key':'name'},{'value':'\/Date(1724658196000)\/','other':[{}],'key':'modifiedon'},
            {'key':'n\u0075mberofemployees','value':7}]},'key':'Target'}]}
            """.Replace('\'', '"');

        var change = Decode("\uFEFF \r\n" + body).Changes.ShouldHaveSingleItem();

        change.Key.ShouldBe(new RecordKey("p1", "account", Guid.Parse(OtherId)));
        change.ModifiedOn.ShouldBe(Modified);
        TestTables.Account.Read(change.Columns).ShouldBe(new Dictionary<string, string?>
        {
            ["name"] = "B",
            ["modifiedon"] = "2024-08-26T07:43:16.000Z",
            ["numberofemployees"] = "7",
        }, ignoreOrder: true);
    }

    [Fact]
    public void Images_AndParentContext_AreNeverUsed()
    {
        var body = WithTarget("Update", Item("name", "'A'")).Replace(
            "\"ParentContext\":",
            $"\"PostEntityImages\":[{Item("Post", Entity(Item("name", "'Image'")))}],\"ParentContext\":"
                .Replace('\'', '"'));

        TestTables.Account.Read(Decode(body).Changes.ShouldHaveSingleItem().Columns)["name"].ShouldBe("A");
    }

    [Fact]
    public void Decode_ResultUsedAgain_HoldsNothingOfBefore()
    {
        var decoder = new DataExport.Dataverse.Notifications.NotificationDecoder();
        var result = new DataExport.Dataverse.Notifications.DecodedNotification();
        decoder.TryDecode(Body(WithTarget("Create", ModifiedOn + "," + Item("name", "'A'"))), Catalog, result, out _);
        var kept = result.Changes[0];

        decoder.TryDecode(Body(WithTarget("Update", Item("description", "'B'"))), Catalog, result, out _)
            .ShouldBeTrue();

        TestTables.Account.Read(result.Changes.ShouldHaveSingleItem().Columns).Keys.ShouldBe(["description"]);
        result.Changes[0].ModifiedOn.ShouldBeNull();
        TestTables.Account.Read(kept.Columns).Keys.ShouldBe(["name", "modifiedon"]);
    }

    private static DataExport.Dataverse.Notifications.NotificationBody Body(string text) =>
        new(System.Text.Encoding.UTF8.GetBytes(text));
}
