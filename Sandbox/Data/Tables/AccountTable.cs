namespace DataExport.Sandbox;

/// <summary>Accounts.</summary>
internal static class AccountTable
{
    private static readonly TableNames Names = new("account", "Account", "accounts")
    {
        PrimaryId = "accountid",
        PrimaryName = "name",
        ObjectTypeCode = 1,
        ReadPrivilege = "prvReadAccount",
    };

    public static SandboxTable Build(TableCatalog catalog, int seed) => new TableBuilder(catalog, seed, Names)
        .Id("accountid")
        .Text("name", 160, TextStyle.Company, nulls: 0)
        .Text("accountnumber", 20, TextStyle.Code)
        .Memo("description", 2000)
        .State("Active|Inactive", "0:1=Active|1:2=Inactive")
        .Owned()
        .Currency()
        .Money("revenue", "creditlimit", "marketcap", "aging30")
        .Integer("numberofemployees", 0, 1_000_000_000)
        .Integer("sharesoutstanding", 0, 1_000_000_000, nulls: 60)
        .Computed("onholdtime")
        .Text("sic", 20, TextStyle.Code, 50)
        .Text("tickersymbol", 10, TextStyle.Code, 70)
        .Text("stockexchange", 20, TextStyle.City, 80)
        .Text("websiteurl", 200, TextStyle.Url)
        .Text("emailaddress1", 100, TextStyle.Email, 15)
        .Text("emailaddress2", 100, TextStyle.Email, 80)
        .Text("telephone1", 50, TextStyle.Phone, 10)
        .Text("telephone2", 50, TextStyle.Phone, 70)
        .Text("fax", 50, TextStyle.Phone, 80)
        .Text("traversedpath", 1250, TextStyle.Code, 95)
        .Address("address1", 20)
        .Address("address2", 80)
        .Boolean("creditonhold", "donotbulkemail", "donotphone", "donotemail", "marketingonly", "merged")
        .Unreadable("isprivate")
        .Choice("accountcategorycode", "Preferred Customer|Standard")
        .Choice("customertypecode", "Competitor|Consultant|Customer|Investor|Partner|Influencer|Press|Prospect|Other")
        .Choice("industrycode", "Accounting|Agriculture|Broadcasting|Brokers|Building|Consulting|Consumer|Design")
        .Choice("ownershipcode", "Public|Private|Subsidiary|Other", nulls: 40)
        .Choice("paymenttermscode", "Net 30|2% 10, Net 30|Net 45|Net 60", nulls: 30)
        .MultiSelect("new_interests", "Sport|Music|Travel|Food|Art|Science|Nature")
        .Lookup("primarycontactid", "contact", 20)
        .Lookup("parentaccountid", "account", 70)
        .Lookup("preferredsystemuserid", "systemuser", 80)
        .Lookup("slaid", "sla", 90)
        .Time("lastonholdtime", nulls: 90)
        .Time("lastusedincampaign", SandboxDateBehavior.TimeZoneIndependent, nulls: 70)
        .UniqueIdentifier("processid")
        .UniqueIdentifier("stageid")
        .Tracked()
        .Build();
}
