using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Answers requests for N:N relationships.</summary>
internal static class RelationshipAnswers
{
    private const string ManyToMany = "Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata";
    private const string ByIntersect = "IntersectEntityName eq ";
    private const string BySchemaName = "SchemaName eq ";

    /// <exception cref="ApiException">Other relationships, or another filter.</exception>
    public static ApiAnswer Answer(DataverseSandbox sandbox, ApiRequest request)
    {
        if (request.Segments is not [_, { Name: ManyToMany, Key: null }])
        {
            throw ApiException.NoResource(request.Segments[^1].Name);
        }

        var filter = request.Option("$filter");
        var relationships = filter is null
            ? sandbox.Relationships
            : [.. sandbox.Relationships.Where(Matching(filter))];
        var members = new SelectedMembers(request.Select());
        return MetadataAnswers.List($"{request.BaseAddress}$metadata#RelationshipDefinitions/{ManyToMany}", writer =>
        {
            foreach (var relationship in relationships)
            {
                writer.WriteStartObject();
                Write(writer, relationship, members);
                writer.WriteEndObject();
            }
        });
    }

    private static void Write(Utf8JsonWriter writer, SandboxRelationship relationship, SelectedMembers members)
    {
        members.String(writer, "SchemaName", relationship.SchemaName);
        members.String(writer, "RelationshipType", "ManyToManyRelationship");
        members.String(writer, "IntersectEntityName", relationship.Intersect);
        members.String(writer, "Entity1LogicalName", relationship.Table1);
        members.String(writer, "Entity1IntersectAttribute", relationship.Column1);
        members.String(writer, "Entity2LogicalName", relationship.Table2);
        members.String(writer, "Entity2IntersectAttribute", relationship.Column2);
        writer.WriteString("MetadataId", DrawnId.Of(Mixer.Mix(0, relationship.SchemaName)));
    }

    private static Func<SandboxRelationship, bool> Matching(string filter)
    {
        var intersects = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in filter.Split(" or ", StringSplitOptions.TrimEntries))
        {
            var comparison = part.Trim('(', ')', ' ');
            if (comparison.StartsWith(ByIntersect, StringComparison.Ordinal))
            {
                _ = intersects.Add(comparison[ByIntersect.Length..].Trim('\''));
            }
            else if (comparison.StartsWith(BySchemaName, StringComparison.Ordinal))
            {
                _ = names.Add(comparison[BySchemaName.Length..].Trim('\''));
            }
            else
            {
                throw ApiException.BadRequest(
                    $"The sandbox filters relationships by {ByIntersect}… and {BySchemaName}… only.");
            }
        }

        return each => intersects.Contains(each.Intersect) || names.Contains(each.SchemaName);
    }
}
