namespace DataExport.Sandbox;

/// <summary>Opportunities.</summary>
internal static class OpportunityTable
{
    private static readonly TableNames Names = new("opportunity", "Opportunity", "opportunities")
    {
        PrimaryId = "opportunityid",
        PrimaryName = "name",
        ObjectTypeCode = 3,
        ReadPrivilege = "prvReadOpportunity",
    };

    public static SandboxTable Build(TableCatalog catalog, int seed) => new TableBuilder(catalog, seed, Names)
        .Id("opportunityid")
        .Text("name", 300, TextStyle.Words, nulls: 0)
        .Memo("description", 2000, 60)
        .Memo("currentsituation", 2000, 80)
        .Memo("customerneed", 2000, 80)
        .Memo("proposedsolution", 2000, 80)
        .State("Open|Won|Lost", "0:1=In Progress|0:2=On Hold|1:3=Won|2:4=Canceled|2:5=Out-Sold")
        .Owned()
        .Customer("customerid", 0)
        .Lookup("parentaccountid", "account", 20)
        .Lookup("parentcontactid", "contact", 40)
        .Lookup("pricelevelid", "pricelevel", 20)
        .Lookup("campaignid", "campaign", 80)
        .Lookup("originatingleadid", "lead", 70)
        .Lookup("slaid", "sla", 90)
        .Currency()
        .Money("estimatedvalue", "actualvalue", "budgetamount", "discountamount", "freightamount")
        .Money("totalamount", "totaltax", "totallineitemamount")
        .Decimal("discountpercentage", 2, 0, 100)
        .Decimal("expectedmargin", 7, -100_000_000_000, 100_000_000_000, 50)
        .Double("scoreweight", 5, -1_000_000_000, 1_000_000_000, 50)
        .Integer("closeprobability", 0, 100, 15)
        .Computed("onholdtime")
        .Integer("opportunitygrade", 0, 4, 60)
        .Time("estimatedclosedate", SandboxDateBehavior.DateOnly, 10)
        .Time("actualclosedate", SandboxDateBehavior.DateOnly, 60)
        .Time("finaldecisiondate", SandboxDateBehavior.DateOnly, 80)
        .Time("schedulefollowup_prospect", nulls: 70)
        .Time("scheduleproposalmeeting", SandboxDateBehavior.TimeZoneIndependent, 70)
        .Time("lastonholdtime", nulls: 90)
        .Choice("opportunityratingcode", "Hot|Warm|Cold", nulls: 5)
        .Choice("salesstage", "Qualify|Develop|Propose|Close", 0, 10)
        .Choice("salesstagecode", "Default Value", nulls: 10)
        .Choice("budgetstatus", "No Committed Budget|May Buy|Can Buy|Will Buy", 0, 40, "qooi_budgetstatus")
        .Choice("need", "Must have|Should have|Good to have|No need", 0, 40, "need")
        .Choice("purchasetimeframe", "Immediate|This Quarter|Next Quarter|This Year", 0, 30, "purchasetimeframe")
        .Choice("timeline", "Immediate|This Quarter|Next Quarter|This Year|Not known", 0, 60)
        .Choice("prioritycode", "Default Value", nulls: 10)
        .Boolean("confirminterest", "decisionmaker", "developproposal", "evaluatefit", "filedebrief", "presentproposal")
        .Boolean("identifycompetitors", "isrevenuesystemcalculated", "pursuitdecision", "sendthankyounote")
        .Text("emailaddress", 100, TextStyle.Email, 60)
        .Text("stepname", 200, TextStyle.Words, 40)
        .Text("traversedpath", 1250, TextStyle.Code, 90)
        .UniqueIdentifier("processid")
        .UniqueIdentifier("stageid")
        .UniqueIdentifier("stepid")
        .Unreadable("isprivate")
        .Tracked()
        .Build();
}
