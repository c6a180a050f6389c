using System.Collections.Immutable;

namespace DataExport.Sandbox;

/// <summary>What Dataverse refuses to register.</summary>
internal sealed class ComponentRules(DataverseSandbox sandbox)
{
    private const int PostStage = 40;
    private const int PostImage = 1;

    /// <exception cref="ApiException">The row cannot be as it is asked for.</exception>
    public void Check(ComponentTable table, ImmutableDictionary<string, object> values)
    {
        ComponentBody.RequireAll(table, values);
        var row = new Component(default, 0, values);
        if (table == ComponentTables.Endpoints)
        {
            CheckEndpoint(row);
        }
        else if (table == ComponentTables.Steps)
        {
            CheckStep(row);
        }
        else if (table == ComponentTables.Images)
        {
            CheckImage(row);
        }
    }

    private static void CheckEndpoint(Component row)
    {
        Require(row.Number("contract") is >= 1 and <= 10, "The contract is not known.");
        Require(row.Number("messageformat") is null or (>= 1 and <= 3), "The message format is not known.");
        Require(
            row.Number("namespaceformat") is not 2
                || row.Text("namespaceaddress")?.StartsWith("sb://", StringComparison.Ordinal) is true,
            "The namespace address must begin with sb://.");
        Require(
            row.Number("authtype") is not 2 || (row.Text("saskeyname") is not null && row.Text("saskey") is not null),
            "A SAS key and its name must be given.");
    }

    private void CheckStep(Component row)
    {
        Require(row.Number("stage") is 10 or 20 or PostStage, "Invalid plug-in registration stage.");
        Require(row.Number("mode") is 0 or 1, "The mode is not known.");
        Require(
            row.Number("mode") is 0 || row.Number("stage") is PostStage,
            "Only SdkMessageProcessingStep in post-operation stage can be registered for asynchronous execution.");
        Require(
            row.Number("mode") is 1,
            "Only asynchronous steps can be registered for service endpoints of the Service Bus.");
        var filter = row.Reference("_sdkmessagefilterid_value") is { } id
            ? sandbox.Registration.Find(ComponentTables.Filters.SetName, id)
            : null;
        Require(
            filter is null || filter.Reference("_sdkmessageid_value") == row.Reference("_sdkmessageid_value"),
            "The message filter belongs to another message.");
        if (row.Text("filteringattributes") is { Length: > 0 } attributes)
        {
            Require(
                SdkMessages.KindOf(row.Reference("_sdkmessageid_value")) is MessageKind.Update && filter is not null,
                "Filtering attributes are for Update of a table only.");
            RequireColumns(filter!.Text("primaryobjecttypecode")!, attributes);
        }
    }

    private void CheckImage(Component row)
    {
        var step = sandbox.Registration.Find(
            ComponentTables.Steps.SetName, row.Reference("_sdkmessageprocessingstepid_value")!.Value)!;
        var kind = SdkMessages.KindOf(step.Reference("_sdkmessageid_value"));
        Require(
            kind is MessageKind.Create or MessageKind.Update or MessageKind.Delete,
            "The message does not support images.");
        Require(
            row.Text("messagepropertyname") == (kind is MessageKind.Create ? "Id" : "Target"),
            "Message property name is not valid on message.");
        Require(
            row.Number("imagetype") is PostImage && kind is not MessageKind.Delete,
            kind is MessageKind.Delete
                ? "PostImage is not supported on Delete."
                : "The sandbox keeps no values of before: register a post image.");
        if (row.Text("attributes") is { Length: > 0 } attributes
            && step.Reference("_sdkmessagefilterid_value") is { } filter)
        {
            RequireColumns(
                sandbox.Registration.Find(ComponentTables.Filters.SetName, filter)!.Text("primaryobjecttypecode")!,
                attributes);
        }
    }

    private void RequireColumns(string tableName, string names)
    {
        var table = sandbox.Table(tableName);
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries))
        {
            Require(table.Column(name) is not null, $"'{tableName}' entity doesn't contain attribute '{name}'.");
        }
    }

    private static void Require(bool isFulfilled, string fault)
    {
        if (!isFulfilled)
        {
            throw ApiException.BadRequest(fault);
        }
    }
}
