using DataExport.Dataverse.Columns;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

public sealed class SampleMessageTests
{
    private static readonly TableCatalog Real = new("p1",
    [
        TestTables.Define("contact", "contactid:UniqueIdentifier birthdate:DateOnly lastname:Text gendercode:Choice " +
            "ownerid:Lookup merged:Boolean timezoneruleversionnumber:Integer createdon:DateTime modifiedon:DateTime " +
            "emailaddress1:Text modifiedonbehalfby:Lookup dfeta_qtsregistrationid:Lookup"),
        TestTables.Define(
            "new_customactivity", "activityid:UniqueIdentifier statecode:State statuscode:Status modifiedon:DateTime"),
        TestTables.Define("shko_allfields", "shko_integer:Integer shko_currency:Money shko_datetime:DateTime " +
            "shko_decimal:Decimal shko_choices:MultiSelect shko_choice:Choice exchangerate:Decimal shko_string:Text"),
        TestTables.Define("account", "accountid:UniqueIdentifier telephone1:Text name:Text modifiedon:DateTime"),
        TestTables.Define("msdyn_agentstatus", "modifiedon:DateTime"),
    ]);

    [SampleFact("messages")]
    public void Create_OfServiceBus_HasTargetsColumns()
    {
        var result = Decode(Samples.Read("messages/01-contact-create-async-servicebus.json"), catalog: Real);

        result.OrganizationId.ShouldBe(Guid.Parse("407b9c05-0e6b-45c2-bf2f-45891c1c0937"));
        var change = result.Changes.ShouldHaveSingleItem();
        change.Kind.ShouldBe(ChangeKind.Create);
        change.Key.ShouldBe(new RecordKey("p1", "contact", Guid.Parse("c34e4970-7810-4e1f-9b34-8af0187f4271")));
        change.ModifiedOn.ShouldBe(new DateTime(2022, 10, 31, 16, 14, 2, DateTimeKind.Utc));
        var columns = result.Tables[0].Read(change.Columns);
        columns["lastname"].ShouldBe("Ryder");
        columns["birthdate"].ShouldBe("1990-05-23T00:00:00.000Z");
        columns["gendercode"].ShouldBe("2");
        columns["ownerid"].ShouldBe("ab7501c2-aa4e-ec11-8c62-000d3aba6cf0");
        columns["emailaddress1"].ShouldBeNull();
        columns.Count.ShouldBe(11);
    }

    [SampleFact("messages")]
    public void Update_OfServiceBus_HasSentColumnsOnly()
    {
        var result = Decode(Samples.Read("messages/02-contact-update-async-servicebus.json"), catalog: Real);

        var change = result.Changes.ShouldHaveSingleItem();
        change.Kind.ShouldBe(ChangeKind.Update);
        change.OperationId.ShouldBe(Guid.Parse("804c4f08-3759-ed11-9562-000d3adf72a2"));
        result.Tables[0].Read(change.Columns).Keys.ShouldBe(
            ["contactid", "modifiedon", "modifiedonbehalfby", "dfeta_qtsregistrationid"], ignoreOrder: true);
    }

    [SampleFact("messages")]
    public void Delete_OfServiceBus_IsDatedByItsOperation()
    {
        var result = Decode(Samples.Read("messages/03-contact-delete-async-servicebus.json"), catalog: Real);

        var change = result.Changes.ShouldHaveSingleItem();
        change.Kind.ShouldBe(ChangeKind.Delete);
        change.ModifiedOn.ShouldBe(new DateTime(2022, 10, 31, 16, 14, 11, DateTimeKind.Utc));
    }

    [SampleFact("messages")]
    public void Update_WithOffset_IsDatedByWallClock()
    {
        var result = Decode(
            Samples.Read("messages/07-customactivity-update-preimage-activityparties.json"), catalog: Real);

        result.OperationCreatedOn.ShouldBe(result.Changes[0].ModifiedOn);
        result.Tables[0].Read(result.Changes[0].Columns)["statecode"].ShouldBe("3");
    }

    [SampleFact("messages")]
    public void Create_OfAllTypes_ReadsEachByItsColumn()
    {
        var result = Decode(Samples.Read("messages/08-allfields-create-sync-webhook.json"), catalog: Real);

        var columns = result.Tables[0].Read(result.Changes.ShouldHaveSingleItem().Columns);
        columns["shko_decimal"].ShouldBe("10.12");
        columns["shko_choices"].ShouldBe("342490001;342490002");
        columns["shko_currency"].ShouldBe("100");
        columns["shko_integer"].ShouldBe("321");
    }

    [SampleFact("messages")]
    public void CustomAction_OfNoRecord_GivesNoChange() =>
        Decode(Samples.Read("messages/13-customaction-async-devkit-dump.json"), catalog: Real).Changes.ShouldBeEmpty();

    [SampleFact("messages")]
    public void Messages_AllWithAndWithoutCatalog_Decode()
    {
        foreach (var file in Samples.Names("messages"))
        {
            var expected = file.Contains("13-", StringComparison.Ordinal) ? 0 : 1;
            Decode(File.ReadAllBytes(file), catalog: Real).Changes.Count.ShouldBe(expected, file);
            Decode(File.ReadAllBytes(file), catalog: TableCatalog.Untyped).Changes.Count.ShouldBe(expected, file);
        }
    }

    [SampleFact("messages")]
    public void Message_CutAnywhere_IsFaultBehindNoByteOfIt()
    {
        var file = Samples.Read("messages/02-contact-update-async-servicebus.json");
        var body = file.AsSpan().TrimEnd("\r\n "u8).ToArray();
        for (var length = 0; length < body.Length; length++)
        {
            Fault(body[..length]).Position.ShouldBeInRange(0, length);
        }
    }
}
