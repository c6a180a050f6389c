using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Answers requests below <c>EntityDefinitions</c>.</summary>
internal sealed class MetadataAnswers(DataverseSandbox sandbox)
{
    private const string CastPrefix = "Microsoft.Dynamics.CRM.";
    private const string CastSuffix = "AttributeMetadata";

    private readonly AttributeEntry[][] _attributes = [.. sandbox.Tables.Select(AttributeEntry.Of)];

    public ApiAnswer Answer(ApiRequest request)
    {
        var segments = request.Segments;
        if (segments[0].Key is null)
        {
            return segments.Count == 1 ? Tables(request) : throw ApiException.NoResource(segments[1].Name);
        }

        var name = segments[0].Argument("LogicalName");
        var table = sandbox.Tables.FirstOrDefault(table => table.Name == name)
            ?? throw new ApiException(
                404, ErrorCodes.DoesNotExist, $"Could not find an entity with name {name} in MetadataCache.");
        if (segments.Count == 1)
        {
            return OneTable(request, table);
        }

        return segments[1].Name == "Attributes" && segments.Count <= 3
            ? Attributes(request, table)
            : throw ApiException.NoResource(segments[^1].Name);
    }

    private JsonAnswer Tables(ApiRequest request)
    {
        var filter = request.Option("$filter");
        var named = filter is null ? null : TableFilter.Parse(filter);
        return List($"{request.BaseAddress}$metadata#EntityDefinitions", writer =>
        {
            foreach (var table in sandbox.Tables.Where(table => named?.Contains(table.Name) ?? true))
            {
                writer.WriteStartObject();
                WriteTable(writer, table, new SelectedMembers(request.Select()));
                writer.WriteEndObject();
            }
        });
    }

    private static JsonAnswer OneTable(ApiRequest request, SandboxTable table) => new(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("@odata.context", $"{request.BaseAddress}$metadata#EntityDefinitions/$entity");
        WriteTable(writer, table, new SelectedMembers(request.Select()));
        writer.WriteEndObject();
    });

    private static void WriteTable(Utf8JsonWriter writer, SandboxTable table, SelectedMembers members)
    {
        members.Boolean(writer, "ChangeTrackingEnabled", table.IsTracked);
        if (members.Has("DisplayName"))
        {
            LabelWriter.Write(writer, "DisplayName", table.SchemaName);
        }

        members.String(writer, "EntitySetName", table.EntitySetName);
        members.Boolean(writer, "IsActivity", table.IsActivity);
        members.Boolean(writer, "IsIntersect", table.IsIntersect);
        members.Boolean(writer, "IsKnowledgeManagementEnabled", false);
        members.Boolean(writer, "IsPrivate", false);
        members.String(writer, "LogicalName", table.Name);
        members.Number(writer, "ObjectTypeCode", table.ObjectTypeCode);
        members.String(writer, "OwnershipType", table.Names.IsUserOwned ? "UserOwned" : "None");
        members.String(writer, "PrimaryIdAttribute", table.PrimaryId.Name);
        members.String(writer, "PrimaryNameAttribute", table.Names.PrimaryName);
        members.String(writer, "SchemaName", table.SchemaName);
        members.String(writer, "TableType", table.IsElastic ? "Elastic" : "Standard");
        if (members.Has("Privileges"))
        {
            WritePrivileges(writer, table);
        }

        writer.WriteString("MetadataId", DrawnId.Of((ulong)table.ObjectTypeCode + 1000));
    }

    private static void WritePrivileges(Utf8JsonWriter writer, SandboxTable table)
    {
        writer.WriteStartArray("Privileges");
        if (table.ReadPrivilege.Length == 0)
        {
            writer.WriteEndArray();
            return;
        }

        writer.WriteStartObject();
        writer.WriteBoolean("CanBeBasic", true);
        writer.WriteBoolean("CanBeGlobal", true);
        writer.WriteString("Name", table.ReadPrivilege);
        writer.WriteString("PrivilegeId", DrawnId.Of((ulong)table.ObjectTypeCode));
        writer.WriteString("PrivilegeType", "Read");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private JsonAnswer Attributes(ApiRequest request, SandboxTable table)
    {
        var (segment, cast) = (request.Segments[1], request.Segments.Count == 3 ? request.Segments[2].Name : null);
        var kind = cast is null ? null : KindOf(cast);
        var attributes = new AttributeWriter(table, request.Select(), request.Option("$expand") ?? "");
        var entries = _attributes[table.Index].Where(entry => kind is null || kind == entry.Cast);
        var context = $"{request.BaseAddress}$metadata#EntityDefinitions('{table.Name}')/Attributes";
        context = cast is null ? context : $"{context}/{cast}";
        return segment.Key is null ? List(context, WriteAll) : new JsonAnswer(200, WriteOne);

        void WriteAll(Utf8JsonWriter writer)
        {
            foreach (var entry in entries)
            {
                attributes.Write(writer, entry, isCast: kind is not null);
            }
        }

        void WriteOne(Utf8JsonWriter writer) => attributes.Write(
            writer, One(entries, segment.Argument("LogicalName")), isCast: kind is not null, context);
    }

    private static AttributeEntry One(IEnumerable<AttributeEntry> entries, string? name) =>
        entries.FirstOrDefault(entry => entry.Name == name) ?? throw new ApiException(
            404, ErrorCodes.DoesNotExist, $"Could not find an attribute with specified name: {name}");

    private static string KindOf(string cast)
    {
        var isCast = cast.StartsWith(CastPrefix, StringComparison.Ordinal)
            && cast.EndsWith(CastSuffix, StringComparison.Ordinal);
        return isCast ? cast[CastPrefix.Length..^CastSuffix.Length] : throw ApiException.NoResource(cast);
    }

    /// <summary>A list with a context.</summary>
    public static JsonAnswer List(string context, Action<Utf8JsonWriter> write) => new(200, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("@odata.context", context);
        writer.WriteStartArray("value");
        write(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
