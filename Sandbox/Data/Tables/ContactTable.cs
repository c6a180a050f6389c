namespace DataExport.Sandbox;

/// <summary>Contacts.</summary>
internal static class ContactTable
{
    private static readonly TableNames Names = new("contact", "Contact", "contacts")
    {
        PrimaryId = "contactid",
        PrimaryName = "fullname",
        ObjectTypeCode = 2,
        ReadPrivilege = "prvReadContact",
    };

    public static SandboxTable Build(TableCatalog catalog, int seed) => new TableBuilder(catalog, seed, Names)
        .Id("contactid")
        .Person()
        .Text("middlename", 50, TextStyle.FirstName, 80)
        .Text("salutation", 100, TextStyle.Words, 70)
        .Text("jobtitle", 100, TextStyle.Words, 20)
        .Text("department", 100, TextStyle.Words, 40)
        .Memo("description", 2000, 70)
        .State("Active|Inactive", "0:1=Active|1:2=Inactive")
        .Owned()
        .Customer("parentcustomerid")
        .Currency()
        .Money("annualincome", "creditlimit", "aging30")
        .Time("birthdate", SandboxDateBehavior.DateOnly, 30)
        .Time("anniversary", SandboxDateBehavior.DateOnly, 80)
        .Time("lastonholdtime", nulls: 90)
        .Time("lastusedincampaign", SandboxDateBehavior.TimeZoneIndependent, 60)
        .Text("emailaddress1", 100, TextStyle.Email, 10)
        .Text("emailaddress2", 100, TextStyle.Email, 80)
        .Text("telephone1", 50, TextStyle.Phone, 20)
        .Text("mobilephone", 50, TextStyle.Phone, 30)
        .Text("fax", 50, TextStyle.Phone, 85)
        .Text("websiteurl", 200, TextStyle.Url, 80)
        .Text("employeeid", 50, TextStyle.Code, 60)
        .Text("governmentid", 50, TextStyle.Code, 80)
        .Text("spousesname", 100, TextStyle.FirstName, 80)
        .Text("childrensnames", 255, TextStyle.FirstName, 85)
        .Address("address1", 20)
        .Address("address2", 85)
        .Boolean("creditonhold", "donotbulkemail", "donotphone", "donotemail", "followemail", "isbackofficecustomer")
        .Unreadable("isautocreate")
        .Choice("gendercode", "Male|Female", nulls: 30)
        .Choice("familystatuscode", "Single|Married|Divorced|Widowed", nulls: 60)
        .Choice("haschildrencode", "Default Value", nulls: 50)
        .Choice("preferredcontactmethodcode", "Any|Email|Phone|Fax|Mail", nulls: 5)
        .Choice("customertypecode", "Default Value", nulls: 5)
        .Choice("leadsourcecode", "Default Value", nulls: 20)
        .Integer("numberofchildren", 0, 1_000_000_000, 60)
        .Computed("onholdtime")
        .Image("entityimage")
        .Lookup("preferredsystemuserid", "systemuser", 80)
        .Lookup("originatingleadid", "lead", 85)
        .Lookup("slaid", "sla", 90)
        .UniqueIdentifier("processid")
        .Tracked()
        .Build();
}
