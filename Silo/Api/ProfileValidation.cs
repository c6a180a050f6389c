using System.Text.RegularExpressions;
using DataExport.ServiceBus;

namespace DataExport.Silo.Api;

/// <summary>
/// Decides whether a profile can be created. Pure: asks neither source nor target. Every finding names the field, the
/// fault and the remedy, and no secret.
/// </summary>
internal static partial class ProfileValidation
{
    public const int NameLengthMax = 100;
    public const int EntitiesMax = 1_000;
    public const int PrefixLengthMax = 14;
    public const int SchemaLengthMax = 63;
    public const int RetryCountMax = 20;
    public const int RetryIntervalSecondsMax = 3_600;

    private static readonly TimeSpan _refreshMin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _refreshMax = TimeSpan.FromDays(30);
    private static readonly string[] _destinationTypes = ["sqlserver", "sqlazure", "postgres", "postgresql", "sqlite"];

    /// <summary>
    /// What is wrong with <paramref name="profile"/>, in the order of its fields; empty when nothing is.
    /// </summary>
    public static IReadOnlyList<string> Check(ExportProfile profile) =>
    [
        .. CheckName(profile),
        .. CheckEntities(profile),
        .. SelectionValidation.Check(profile),
        .. CheckRelationships(profile),
        .. CheckDestination(profile),
        .. CheckRetryPolicy(profile.RetryPolicy),
        .. CheckRefresh(profile.RefreshComputedEvery),
        .. CheckSource(profile),
        .. CheckNotifications(profile.NotificationConnection),
        .. RegistrationValidation.Check(profile),
    ];

    private static IEnumerable<string> CheckName(ExportProfile profile)
    {
        if (string.IsNullOrWhiteSpace(profile.Name))
        {
            yield return "Name is missing. Give the profile a name that no other profile has.";
        }
        else if (profile.Name.Length > NameLengthMax)
        {
            yield return $"Name has {profile.Name.Length} characters. Use {NameLengthMax} at most.";
        }
    }

    private static IEnumerable<string> CheckEntities(ExportProfile profile)
    {
        if (profile.Entities.IsDefaultOrEmpty)
        {
            yield return "Entities is empty. Name at least one table, such as {\"Type\": \"account\"}.";
            yield break;
        }

        if (profile.Entities.Length > EntitiesMax)
        {
            yield return $"Entities has {profile.Entities.Length} entries. Use {EntitiesMax} at most.";
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < profile.Entities.Length; index++)
        {
            var type = profile.Entities[index]?.Type;
            if (type is null || !LogicalName().IsMatch(type))
            {
                yield return $"Entities[{index}].Type is no logical table name. "
                    + "Use the table's logical name: lower-case letters, digits and underscores, such as account.";
            }
            else if (!seen.Add(type))
            {
                yield return $"Entities[{index}].Type names {type} again. Name each table once.";
            }
        }
    }

    private static IEnumerable<string> CheckRelationships(ExportProfile profile)
    {
        var names = profile.Relationships.IsDefault ? [] : profile.Relationships;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < names.Length; index++)
        {
            if (names[index] is not { } name || !SchemaName().IsMatch(name))
            {
                yield return $"Relationships[{index}] is no schema name of an N:N relationship. "
                    + "Use letters, digits and underscores, such as accountleads_association.";
            }
            else if (!seen.Add(name))
            {
                yield return $"Relationships[{index}] names {name} again. Name each relationship once.";
            }
        }
    }

    private static IEnumerable<string> CheckDestination(ExportProfile profile)
    {
        if (!_destinationTypes.Contains(profile.DestinationType ?? "", StringComparer.OrdinalIgnoreCase))
        {
            yield return "DestinationType is not a type that this silo writes. Use one of: "
                + $"{string.Join(", ", _destinationTypes)}.";
        }

        if (string.IsNullOrWhiteSpace(profile.DestinationConnection))
        {
            yield return
                "DestinationConnection is missing. Give the database, such as \"Data Source=/data/export.db\".";
        }

        if (!Prefix().IsMatch(profile.DestinationPrefix ?? ""))
        {
            yield return $"DestinationPrefix must be letters and digits, {PrefixLengthMax} at most. "
                + "Leave it empty for table names without a prefix.";
        }

        if (profile.DestinationSchemaName is not { Length: <= SchemaLengthMax } schema || !SchemaName().IsMatch(schema))
        {
            yield return "DestinationSchemaName is no schema name. Use letters, digits and underscores, "
                + $"{SchemaLengthMax} at most, such as dbo.";
        }
    }

    private static IEnumerable<string> CheckRetryPolicy(ProfileRetryPolicy? policy)
    {
        if (policy is null)
        {
            yield return "RetryPolicy is null. Leave it out for the default.";
            yield break;
        }

        if (policy.MaxRetryCount is < 0 or > RetryCountMax)
        {
            yield return $"RetryPolicy.MaxRetryCount is {policy.MaxRetryCount}. Use 0 to {RetryCountMax}.";
        }

        if (policy.IntervalInSeconds is < 0 or > RetryIntervalSecondsMax)
        {
            yield return $"RetryPolicy.IntervalInSeconds is {policy.IntervalInSeconds}. "
                + $"Use 0 to {RetryIntervalSecondsMax}.";
        }

        if (policy.Backoff is not "Simple")
        {
            yield return "RetryPolicy.Backoff is not known. Use \"Simple\".";
        }
    }

    private static IEnumerable<string> CheckRefresh(TimeSpan? interval)
    {
        if (interval < _refreshMin || interval > _refreshMax)
        {
            yield return $"RefreshComputedEvery is {interval:c}. Use {_refreshMin:c} to {_refreshMax:c}, such as "
                + "1.00:00:00 for a day, or leave it out.";
        }
    }

    private static IEnumerable<string> CheckSource(ExportProfile profile)
    {
        var isAddress = Uri.TryCreate(profile.SourceUrl, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0;
        if (!isAddress)
        {
            yield return "SourceUrl is no absolute http or https address. "
                + "Use the environment's, such as https://org.crm.dynamics.com.";
        }
    }

    private static IEnumerable<string> CheckNotifications(string? connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            yield return "NotificationConnection is missing. "
                + "Give the connection string of the queue that the environment posts to.";
        }
        else if (ConnectionFaultOf(connection) is { } fault)
        {
            yield return $"NotificationConnection: {fault} "
                + "Use Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…;EntityPath=queue.";
        }
    }

    /// <summary>What is wrong with a connection string, in words that hold nothing of its secrets.</summary>
    internal static string? ConnectionFaultOf(string connection)
    {
        try
        {
            return ServiceBusConnectionStringProperties.Parse(connection).EntityPath is null
                ? "The connection string has no EntityPath."
                : null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,127}\\z")]
    private static partial Regex LogicalName();

    [GeneratedRegex("^[A-Za-z0-9]{0,14}\\z")]
    private static partial Regex Prefix();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,127}\\z")]
    private static partial Regex SchemaName();
}
