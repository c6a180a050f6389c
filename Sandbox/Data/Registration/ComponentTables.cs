namespace DataExport.Sandbox;

/// <summary>The registration tables, with the columns that matter to who posts to a service endpoint.</summary>
internal static class ComponentTables
{
    public static readonly ComponentTable Endpoints = new("serviceendpoint", "ServiceEndpoint",
    [
        Text("name", 160, isRequired: true),
        Text("description", 2000),
        Number("contract", isRequired: true),
        Number("connectionmode", isRequired: true),
        Number("userclaim", isRequired: true),
        Number("messageformat"),
        Number("messagecharset"),
        Number("authtype"),
        Number("namespaceformat"),
        Text("namespaceaddress", 160),
        Text("solutionnamespace", 160, isRequired: true),
        Text("path", 160, isRequired: true),
        Text("saskeyname", 256),
        new ComponentColumn("saskey", ComponentType.Text) { LengthMax = 256, IsWriteOnly = true },
        new ComponentColumn("issaskeyset", ComponentType.Flag) { IsReadOnly = true },
    ]) { IsWritable = true };

    public static readonly ComponentTable Messages = new("sdkmessage", "SdkMessage", [Text("name", 256)]);

    public static readonly ComponentTable Filters = new("sdkmessagefilter", "SdkMessageFilter",
    [
        Text("primaryobjecttypecode", 128),
        new ComponentColumn("iscustomprocessingstepallowed", ComponentType.Flag),
        Reference("_sdkmessageid_value", "sdkmessageid", "sdkmessages"),
    ]);

    public static readonly ComponentTable Steps = new("sdkmessageprocessingstep", "SdkMessageProcessingStep",
    [
        Text("name", 256, isRequired: true),
        Text("description", 256),
        Number("stage", isRequired: true),
        Number("mode", isRequired: true),
        Number("rank", isRequired: true),
        Number("supporteddeployment", isRequired: true),
        Number("statecode"),
        Number("statuscode"),
        new ComponentColumn("asyncautodelete", ComponentType.Flag),
        Text("filteringattributes", 100_000),
        Reference("_eventhandler_value", "eventhandler_serviceendpoint", "serviceendpoints") with { IsRequired = true },
        Reference("_sdkmessageid_value", "sdkmessageid", "sdkmessages") with { IsRequired = true },
        Reference("_sdkmessagefilterid_value", "sdkmessagefilterid", "sdkmessagefilters"),
    ]) { IsWritable = true };

    public static readonly ComponentTable Images = new("sdkmessageprocessingstepimage", "SdkMessageProcessingStepImage",
    [
        Text("name", 256),
        Text("entityalias", 256, isRequired: true),
        Number("imagetype", isRequired: true),
        Text("messagepropertyname", 256, isRequired: true),
        Text("attributes", 100_000),
        Reference("_sdkmessageprocessingstepid_value", "sdkmessageprocessingstepid", "sdkmessageprocessingsteps")
            with { IsRequired = true },
    ]) { IsWritable = true };

    public static readonly ComponentTable Jobs = new("asyncoperation", "AsyncOperation",
    [
        Text("name", 256),
        Number("operationtype"),
        Number("statecode"),
        Number("statuscode"),
        Text("message", 0),
        Time("createdon"),
        Time("completedon"),
        Reference("_owningextensionid_value", "owningextensionid", "sdkmessageprocessingsteps"),
    ]);

    private static readonly ComponentTable[] All = [Endpoints, Messages, Filters, Steps, Images, Jobs];

    /// <summary>The table that is served under this name, or <see langword="null"/>.</summary>
    public static ComponentTable? Find(string setName) => Array.Find(All, table => table.SetName == setName);

    private static ComponentColumn Text(string name, int lengthMax, bool isRequired = false) =>
        new(name, ComponentType.Text) { LengthMax = lengthMax, IsRequired = isRequired };

    private static ComponentColumn Number(string name, bool isRequired = false) =>
        new(name, ComponentType.Number) { IsRequired = isRequired };

    private static ComponentColumn Time(string name) => new(name, ComponentType.Time);

    private static ComponentColumn Reference(string name, string navigation, string set) =>
        new(name, ComponentType.Reference) { Navigation = (navigation, set) };
}
