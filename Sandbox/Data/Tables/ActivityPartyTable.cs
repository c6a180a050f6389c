namespace DataExport.Sandbox;

/// <summary>The parties of all activities. They have no messages of their own, and no times.</summary>
internal static class ActivityPartyTable
{
    public const string Name = "activityparty";

    /// <summary>The column that names the activity.</summary>
    public const string Activity = "activityid";

    /// <summary>What that column calls the table of every activity.</summary>
    public const string ActivityTarget = "activitypointer";

    public const string Party = "partyid";
    public const string Mask = "participationtypemask";
    public const string Address = "addressused";

    /// <summary>The tables whose records can be parties.</summary>
    public static readonly string[] Targets = ["contact", "account", "systemuser"];

    private static readonly string[] Parts =
    [
        "Sender", "To Recipient", "CC Recipient", "BCC Recipient", "Required attendee", "Optional attendee",
        "Organizer", "Regarding", "Owner", "Resource", "Customer",
    ];

    private static readonly Dictionary<string, int> Masks = new(StringComparer.Ordinal)
    {
        ["from"] = 1,
        ["to"] = 2,
        ["cc"] = 3,
        ["bcc"] = 4,
        ["requiredattendees"] = 5,
        ["optionalattendees"] = 6,
        ["organizer"] = 7,
        ["regarding"] = 8,
        ["owner"] = 9,
        ["resources"] = 10,
        ["customers"] = 11,
        ["customer"] = 11,
        ["partners"] = 11,
    };

    private static readonly TableNames Names = new(Name, "ActivityParty", "activityparties")
    {
        PrimaryId = "activitypartyid",
        PrimaryName = Party,
        ObjectTypeCode = 135,
        ReadPrivilege = "prvReadActivity",
        IsUserOwned = false,
    };

    /// <summary>The part that the parties of a column play; 2, a recipient's, for a column of one's own.</summary>
    public static int MaskOf(string column) => Masks.GetValueOrDefault(column, 2);

    /// <param name="catalog">The model's tables.</param>
    /// <param name="seed">The model's seed.</param>
    /// <param name="parties">Tables whose records can be parties.</param>
    public static SandboxTable Build(TableCatalog catalog, int seed, IEnumerable<string> parties) =>
        new TableBuilder(catalog, seed, Names)
            .Id("activitypartyid")
            .Lookup(Activity, ActivityTarget, 0)
            .Lookup(Party, string.Join('|', parties), 0)
            .Choice(Mask, string.Join('|', Parts), nulls: 0)
            .Text(Address, 200, TextStyle.Email)
            .Integer("addressusedemailcolumnnumber", 1, 1_000_000)
            .Boolean("donotemail", "donotfax", "donotphone", "donotpostalmail", "ispartydeleted")
            .Double("effort", 2, 0, 1_000_000_000)
            .Text("exchangeentryid", 1024, TextStyle.Code)
            .Choice("instancetypecode", "Not Recurring|Recurring Master|Recurring Instance", 0)
            .Lookup("ownerid", "systemuser|team")
            .Time("scheduledstart")
            .Time("scheduledend")
            .System("versionnumber", SandboxColumnType.BigInt, ColumnRole.VersionNumber)
            .Build();
}
