namespace DataExport.Sandbox.Tests.Shapes;

/// <summary>A request of which a real answer is at hand, as the Sandbox can be asked it.</summary>
/// <param name="File">The real answer.</param>
/// <param name="Target">What the Sandbox is asked.</param>
/// <param name="Prefer">The preferences.</param>
internal sealed record ShapedRequest(string File, string Target, string? Prefer = null)
{
    /// <summary>Texts for people, which the export neither asks for nor reads.</summary>
    private const string ForPeople = "@OData.Community.Display.V1.FormattedValue";

    private const string Contacts = "contacts?$select=fullname,jobtitle,annualincome";

    /// <summary>All that are compared alike. The filters over texts that some samples have are not served.</summary>
    public static IReadOnlyList<ShapedRequest> All { get; } =
    [
        new("01-contacts-formatted-values-10rows.http", $"{Contacts}&$top=10"),
        new("02-paging-page1-maxpagesize4-count-skiptoken.http", $"{Contacts}&$count=true", "odata.maxpagesize=4"),
        new("03-paging-page2.http", $"{Contacts}&$count=true", "odata.maxpagesize=4") { IsSecondPage = true },
        new("06-multiselect-choice-values.http", "accounts?$select=name,new_interests&$top=9")
        {
            Renamed = [("fullname", "name"), ("sample_outdooractivities", "new_interests"), ("contactid", "accountid")],
        },
        new(
            "07-metadata-picklist-attribute-optionset.http",
            "EntityDefinitions(LogicalName='account')/Attributes(LogicalName='accountcategorycode')/"
            + "Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName"
            + "&$expand=OptionSet($select=Options),GlobalOptionSet($select=Options)"),
        new(
            "13-polymorphic-customer-lookup-annotations.http",
            "opportunities({id})?$select=_customerid_value",
            "odata.include-annotations=\"*\"")
        {
            // Lookups are not expanded; and by which property one would be, nobody who does not needs to know.
            Unserved = ["customerid_contact", "@Microsoft.Dynamics.CRM.associatednavigationproperty"],
            Renamed = [("incidentid", "opportunityid")],
        },
        new(
            "14-metadata-entity-displayname-entitysetname.http",
            "EntityDefinitions?$select=DisplayName,IsKnowledgeManagementEnabled,EntitySetName"
            + "&$filter=LogicalName eq 'account'"),
        new("17-paging-v92-page1.http", "contacts?$select=fullname", "odata.maxpagesize=2"),
        new(
            "19-accounts-formatted-values-v92.http",
            "accounts?$select=name,revenue,_primarycontactid_value,customertypecode,modifiedon&$top=1"),
        new(
            "22-sdkmessagefilters-expand-steps.http",
            "sdkmessagefilters?$select=sdkmessagefilterid"
            + "&$filter=primaryobjecttypecode eq 'account' and sdkmessageid/name eq 'Create'")
        {
            // Steps are read by a request of their own.
            Unserved = ["sdkmessagefilterid_sdkmessageprocessingstep"],
        },
        new(
            "27-accounts-top3-all-annotations.json",
            "accounts?$select=name&$top=3",
            "odata.include-annotations=\"*\""),
    ];

    /// <summary>Whether the answer is that to the first one's next link.</summary>
    public bool IsSecondPage { get; init; }

    /// <summary>What of the real answer's keys is left out, with all that has it in its name.</summary>
    public string[] Unserved { get; init; } = [];

    /// <summary>Columns that are called otherwise here.</summary>
    public (string Real, string Here)[] Renamed { get; init; } = [];

    /// <summary>The keys that an answer has to have, with the kinds of their values.</summary>
    public Dictionary<string, HashSet<string>> Expected() => RealAnswer.Kinds(RealAnswer.Read(File))
        .Where(key => !Unserved.Append(ForPeople).Any(key.Key.Contains))
        .ToDictionary(key => NameOf(key.Key), static key => key.Value);

    private string NameOf(string key)
    {
        var parts = key.Split('.');
        foreach (var (_, here) in Renamed.Where(each => each.Real == parts[^1]))
        {
            parts[^1] = here;
        }

        return string.Join('.', parts);
    }
}
