using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Finds the answer to a request of the Web API. Knows nothing of HTTP.</summary>
internal sealed class WebApiServer(DataverseSandbox sandbox)
{
    private const string PrivilegeFunction = "Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName";

    private readonly MetadataAnswers _metadata = new(sandbox);

    public RegistrationApi Registration { get; } = new(sandbox);

    public DataverseSandbox Sandbox => sandbox;

    public DeltaTokens Tokens { get; } = new(sandbox);

    public ReadPrivileges Privileges { get; } = new(sandbox.Tables);

    public RequestCounters Counters { get; } = new();

    public PageRepeats Repeats { get; } = new();

    /// <summary>Answers a request. What is wrong with it becomes an error answer.</summary>
    public ApiAnswer Answer(string target, string? prefer, string baseAddress)
    {
        try
        {
            return Answer(ApiRequest.Parse(target, prefer, baseAddress));
        }
        catch (ApiException refusal)
        {
            return JsonAnswer.Error(refusal.Status, refusal.Code, refusal.Message);
        }
    }

    /// <summary>Answers a POST, PATCH or DELETE.</summary>
    public ApiAnswer Change(string method, string target, string body, string baseAddress)
    {
        Counters.AddRegistration();
        try
        {
            return Registration.Change(method, ApiRequest.Parse(target, null, baseAddress), body);
        }
        catch (ApiException refusal)
        {
            return JsonAnswer.Error(refusal.Status, refusal.Code, refusal.Message);
        }
    }

    private ApiAnswer Answer(ApiRequest request)
    {
        if (sandbox.IsInAdministrationMode)
        {
            throw new ApiException(
                403, ErrorCodes.PrivilegeDenied, "The organization is in administration mode.");
        }

        var segments = request.Segments;
        var first = segments.Count > 0 ? segments[0] : throw ApiException.NoResource("");
        switch (first.Name)
        {
            case "WhoAmI":
                Counters.AddMetadata();
                return WhoAmI(request);
            case "EntityDefinitions":
                Counters.AddMetadata();
                return _metadata.Answer(request);
            case "RelationshipDefinitions":
                Counters.AddMetadata();
                return RelationshipAnswers.Answer(sandbox, request);
            case "systemusers" when segments.Count == 2 && segments[1].Name == PrivilegeFunction:
                Counters.AddPrivilege();
                return Privilege(request, segments[1]);
        }

        if (ComponentTables.Find(first.Name) is { } registered)
        {
            Counters.AddRegistration();
            return Registration.Get(registered, request);
        }

        var table = sandbox.Tables.FirstOrDefault(table => table.EntitySetName == first.Name);
        return table is null || segments.Count > 1
            ? throw ApiException.NoResource(segments[^1].Name)
            : Rows(request, table, first.Key);
    }

    private ApiAnswer Rows(ApiRequest request, SandboxTable table, string? key)
    {
        var plan = RowPlan.Of(sandbox.Ids, table, request);
        if (key is not null)
        {
            Counters.AddFetch();
            return Record(table, plan, key);
        }

        var token = request.Option("$skiptoken") is { } skip ? PageToken.Decode(skip) : null;
        var delta = request.Option("$deltatoken");
        var isTracked = delta is not null || (token?.TracksChanges ?? request.Preferences.TracksChanges);
        RequireNoRivals(request, isTracked);
        if (isTracked && !table.IsTracked)
        {
            throw ApiException.BadRequest($"Change tracking is not enabled for entity '{table.Name}'.");
        }

        Privileges.Require(table, isTracked ? ReadDepth.Global : ReadDepth.Basic);

        if (delta is not null || token is { IsDelta: true })
        {
            Counters.AddDeltaPage();
            Repeats.AskedDelta(table.Name);
            var place = token ?? DeltaAnswer.Begin(Tokens.Read(delta!));
            return new DeltaAnswer(this, plan, request.Preferences, place);
        }

        if (request.Option("$filter") is { } range && CreationFilter.IsOne(range))
        {
            Counters.AddPage();
            return new WalkAnswer(this, plan, request.Preferences, token, CreationFilter.Parse(table, range));
        }

        if (request.Option("$filter") is { } filter)
        {
            Counters.AddFetch();
            var ids = InFilter.Parse(table, filter);
            return ids.Column == table.PrimaryId
                ? new IdsAnswer(this, plan, ids.Values)
                : new SetAnswer(this, plan, ids, request.Preferences, token);
        }

        Counters.AddPage();
        if (isTracked)
        {
            // What is not tracked is no walk that a sync goes by, such as the look at the metadata's number.
            Repeats.Asked(new WalkPage(table.Name, plan.HasIdOnly, request.Option("$skiptoken")));
        }

        return new WalkAnswer(this, plan, request.Preferences, token);
    }

    private RecordAnswer Record(SandboxTable table, RowPlan plan, string key)
    {
        Privileges.Require(table, ReadDepth.Basic);
        if (!Guid.TryParse(key, out var id))
        {
            throw ApiException.BadRequest($"Error identified in Payload provided by the user: bad key '{key}'.");
        }

        if (!sandbox.TryFind(table, id, out var record) || !record.IsAlive)
        {
            var message = $"Entity '{table.Name}' With Id = {id} Does Not Exist";
            throw new ApiException(404, ErrorCodes.DoesNotExist, message);
        }

        return Privileges.CanRead(table, record.Number)
            ? new RecordAnswer(plan, record)
            : throw ReadPrivileges.Denied(table);
    }

    private static void RequireNoRivals(ApiRequest request, bool isTracked)
    {
        foreach (var option in (string[])["$filter", "$orderby", "$expand", "$top", "$apply"])
        {
            if (request.Option(option) is not null && (isTracked || option is not ("$filter" or "$top")))
            {
                throw ApiException.BadRequest(isTracked
                    ? $"The query option {option} is not supported for change tracking."
                    : $"The sandbox does not serve {option}.");
            }
        }
    }

    private JsonAnswer WhoAmI(ApiRequest request) => new(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString(
            "@odata.context", $"{request.BaseAddress}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse");
        writer.WriteString("BusinessUnitId", sandbox.Ids.BusinessUnitId);
        writer.WriteString("UserId", sandbox.Ids.CallerId);
        writer.WriteString("OrganizationId", sandbox.OrganizationId);
        writer.WriteEndObject();
    });

    private JsonAnswer Privilege(ApiRequest request, PathSegment function)
    {
        var argument = function.Argument("PrivilegeName") ?? "";
        var name = argument.StartsWith('@') ? request.Option(argument)?.Trim('\'') : argument;
        var table = sandbox.Tables.FirstOrDefault(
                table => table.ReadPrivilege == name && table.ReadPrivilege.Length > 0)
            ?? throw ApiException.BadRequest($"Privilege with name {name} does not exist.");
        var depth = Privileges.DepthOf(table);
        return new JsonAnswer(200, Write);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteString(
                "@odata.context",
                $"{request.BaseAddress}$metadata#Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeNameResponse");
            writer.WriteStartArray("RolePrivileges");
            if (depth is not ReadDepth.None)
            {
                writer.WriteStartObject();
                writer.WriteString("Depth", depth.ToString());
                writer.WriteString("PrivilegeId", DrawnId.Of((ulong)table.ObjectTypeCode));
                writer.WriteString("BusinessUnitId", sandbox.Ids.BusinessUnitId);
                writer.WriteString("PrivilegeName", name);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
