namespace DataExport.Sandbox;

/// <summary>E-mail activities.</summary>
internal static class EmailTable
{
    private static readonly TableNames Names = new("email", "Email", "emails")
    {
        PrimaryId = "activityid",
        PrimaryName = "subject",
        ObjectTypeCode = 4202,
        ReadPrivilege = "prvReadActivity",
        IsActivity = true,
    };

    public static SandboxTable Build(TableCatalog catalog, int seed) => new TableBuilder(catalog, seed, Names)
        .Id("activityid")
        .Text("subject", 800, TextStyle.Words, nulls: 0)
        .Memo("description", 100_000, 5)
        .TableName("activitytypecode")
        .Parties("from", "to", "cc", "bcc")
        .Text("sender", 250, TextStyle.Email, 10)
        .Text("torecipients", 500, TextStyle.Email, 10)
        .Text("messageid", 320, TextStyle.Url, 30)
        .Text("inreplyto", 320, TextStyle.Url, 70)
        .Text("mimetype", 256, TextStyle.Code, 60)
        .Text("trackingtoken", 50, TextStyle.Code, 40)
        .Text("category", 250, TextStyle.Words, 80)
        .State(
            "Open|Completed|Canceled",
            "0:1=Draft|0:8=Failed|1:2=Completed|1:3=Sent|1:4=Received|1:6=Pending Send|1:7=Sending|2:5=Canceled")
        .Owned()
        .Lookup("regardingobjectid", "account|contact|opportunity", 30)
        .Lookup("emailsender", "contact|account|systemuser", 30)
        .Lookup("parentactivityid", "email", 80)
        .Lookup("slaid", "sla", 90)
        .Currency()
        .Choice("prioritycode", "Low|Normal|High", 0, 0)
        .Choice("deliveryprioritycode", "Low|Normal|High", 0, 20)
        .Choice("correlationmethod", "None|Skipped|XHeader|InReplyTo|TrackingToken", 0, 60)
        .Boolean("directioncode", "isbilled", "isworkflowcreated", "readreceiptrequested", "deliveryreceiptrequested")
        .Boolean("compressed", "followemailuserpreference")
        .Integer("deliveryattempts", 0, 1_000_000_000, 50)
        .Integer("attachmentopencount", 0, int.MaxValue, 40)
        .Integer("actualdurationminutes", 0, int.MaxValue, 50)
        .Time("senton", nulls: 30)
        .Time("actualstart", nulls: 60)
        .Time("actualend", nulls: 60)
        .Time("scheduledend", nulls: 50)
        .UniqueIdentifier("conversationtrackingid")
        .Tracked()
        .Build();
}
