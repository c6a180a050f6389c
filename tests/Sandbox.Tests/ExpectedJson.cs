using System.Globalization;
using System.Text.Json;

namespace DataExport.Sandbox.Tests;

/// <summary>Says whether JSON holds a value, by the rules of the wire and not by the writer's code.</summary>
internal static class ExpectedJson
{
    public static bool IsInPage(SandboxColumn column, SandboxValue value, JsonElement json) => value.Kind switch
    {
        SandboxValueKind.Null => json.ValueKind is JsonValueKind.Null,
        SandboxValueKind.DateTime => json.GetString() == value.DateTime.ToString(
            column.DateBehavior is SandboxDateBehavior.DateOnly ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture),
        SandboxValueKind.Lookup => json.GetGuid() == value.Guid,
        _ => IsScalar(value, json),
    };

    public static bool IsInMessage(SandboxColumn column, SandboxValue value, JsonElement json) => value.Kind switch
    {
        SandboxValueKind.Null => json.ValueKind is JsonValueKind.Null,
        SandboxValueKind.DateTime => json.GetString() == Date(column, value.DateTime),
        SandboxValueKind.Options => json.EnumerateArray().All(option => TypeOf(option) == "OptionSetValue")
            && string.Join(',', json.EnumerateArray().Select(option => option.GetProperty("Value").GetInt32()))
                == value.Text,
        SandboxValueKind.Lookup => TypeOf(json) == "EntityReference"
            && json.GetProperty("Id").GetGuid() == value.Guid
            && json.GetProperty("LogicalName").GetString() == value.LookupTable,
        _ when column.Type is SandboxColumnType.Money => TypeOf(json) == "Money"
            && IsScalar(value, json.GetProperty("Value")),
        _ when column.Type is SandboxColumnType.Picklist or SandboxColumnType.State or SandboxColumnType.Status =>
            TypeOf(json) == "OptionSetValue" && IsScalar(value, json.GetProperty("Value")),
        _ => IsScalar(value, json),
    };

    private static string TypeOf(JsonElement json)
    {
        var type = json.GetProperty("__type").GetString()!.Split(':', 2);
        type[1].ShouldBe("http://schemas.microsoft.com/xrm/2011/Contracts");
        return type[0];
    }

    private static string Date(SandboxColumn column, DateTime time)
    {
        var milliseconds = (long)(DateTime.SpecifyKind(time, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds;
        return column.DateBehavior is SandboxDateBehavior.UserLocal
            ? $"/Date({milliseconds})/"
            : $"/Date({milliseconds}+0000)/";
    }

    private static bool IsScalar(SandboxValue value, JsonElement json) => value.Kind switch
    {
        SandboxValueKind.Boolean => json.GetBoolean() == value.Boolean,
        SandboxValueKind.Integer => json.GetInt64() == value.Integer,
        SandboxValueKind.Decimal => json.GetDecimal() == value.Decimal,
        SandboxValueKind.Double => BitConverter.DoubleToInt64Bits(json.GetDouble() + 0.0)
            == BitConverter.DoubleToInt64Bits(value.Double + 0.0),
        SandboxValueKind.Guid => json.GetString() == value.Guid.ToString(),
        SandboxValueKind.Text or SandboxValueKind.Options => json.GetString() == value.Text,
        _ => false,
    };
}
