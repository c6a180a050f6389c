using System.Collections.Immutable;
using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Reads the body of a POST or PATCH of a registration table.</summary>
internal sealed class ComponentBody(SandboxRegistration registration)
{
    private const string Bind = "@odata.bind";

    /// <summary>The values of <paramref name="before"/> with what the body sets.</summary>
    /// <exception cref="ApiException">A member is unknown, cannot be set or has a wrong value.</exception>
    public ImmutableDictionary<string, object> Read(
        ComponentTable table, ImmutableDictionary<string, object> before, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var values = before.ToBuilder();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                var (column, value) = ReadMember(table, member);
                values[column.Name] = value!;
                if (value is null)
                {
                    _ = values.Remove(column.Name);
                }
            }

            return values.ToImmutable();
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw ApiException.BadRequest("Error identified in Payload provided by the user.");
        }
    }

    /// <exception cref="ApiException">A value that a row must have is missing.</exception>
    public static void RequireAll(ComponentTable table, ImmutableDictionary<string, object> values)
    {
        foreach (var column in table.Columns)
        {
            if (column.IsRequired && !values.ContainsKey(column.Name))
            {
                throw ApiException.BadRequest(
                    $"Attribute '{column.Navigation?.Name ?? column.Name}' of '{table.Name}' cannot be NULL.");
            }
        }
    }

    private (ComponentColumn Column, object? Value) ReadMember(ComponentTable table, JsonProperty member)
    {
        if (member.Name.EndsWith(Bind, StringComparison.Ordinal))
        {
            var navigation = table.Navigation(member.Name[..^Bind.Length])
                ?? throw new ApiException(
                    400,
                    ErrorCodes.UndeclaredProperty,
                    $"An undeclared property '{member.Name[..^Bind.Length]}' which only has property annotations in "
                    + "the payload but no property value was found in the payload.");
            return (navigation, ReadReference(navigation, member.Value.GetString() ?? ""));
        }

        var column = table.Column(member.Name) ?? throw ComponentFilter.NoProperty(table, member.Name);
        return column.IsReadOnly || column.Navigation is not null
            ? throw ApiException.BadRequest($"Property '{member.Name}' cannot be set.")
            : (column, ReadValue(column, member.Value));
    }

    private static object? ReadValue(ComponentColumn column, JsonElement value) => (value.ValueKind, column.Type) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.String, ComponentType.Text) => RequireLength(column, value.GetString()!),
        (JsonValueKind.Number, ComponentType.Number) => (long)value.GetInt32(),
        (JsonValueKind.True or JsonValueKind.False, ComponentType.Flag) => value.GetBoolean(),
        _ => throw ApiException.BadRequest(
            $"Error identified in Payload provided by the user: cannot convert the value of '{column.Name}'."),
    };

    private static string RequireLength(ComponentColumn column, string text) =>
        column.LengthMax == 0 || text.Length <= column.LengthMax ? text : throw ApiException.BadRequest(
            $"A validation error occurred. The length of the '{column.Name}' attribute exceeded the maximum allowed "
            + $"length of '{column.LengthMax}'.");

    private Guid ReadReference(ComponentColumn column, string link)
    {
        var segment = PathSegment.Split(link)[^1];
        var set = column.Navigation!.Value.Set;
        if (segment.Name != set || !Guid.TryParse(segment.Key, out var id))
        {
            throw ApiException.BadRequest($"'{link}' is no link to one of {set}.");
        }

        return registration.Find(set, id) is not null ? id : throw new ApiException(
            404, ErrorCodes.DoesNotExist, $"Entity '{set[..^1]}' With Id = {id} Does Not Exist");
    }
}
