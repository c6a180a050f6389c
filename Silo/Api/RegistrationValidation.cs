using DataExport.ServiceBus;

namespace DataExport.Silo.Api;

/// <summary>
/// Decides whether an environment can post with a profile's <c>RegistrationConnection</c>, and to where the profile
/// pulls. Pure; no finding holds a part of a secret.
/// </summary>
internal static class RegistrationValidation
{
    private const string Subscriptions = "/Subscriptions/";
    private const string Remedy = "Use Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…;EntityPath=queue with a "
        + "key that may send, or leave it out to register steps by hand.";

    /// <summary>What is wrong with it; nothing when it is left out.</summary>
    public static IEnumerable<string> Check(ExportProfile profile)
    {
        if (string.IsNullOrWhiteSpace(profile.RegistrationConnection))
        {
            yield break;
        }

        if (ProfileValidation.ConnectionFaultOf(profile.RegistrationConnection) is { } fault)
        {
            yield return $"RegistrationConnection: {fault} {Remedy}";
            yield break;
        }

        var posting = ServiceBusConnectionStringProperties.Parse(profile.RegistrationConnection);
        if (posting.SharedAccessKey is null)
        {
            yield return $"RegistrationConnection has a signature, which ends some day, in place of a key. {Remedy}";
        }
        else if (posting.EntityPath!.Contains(Subscriptions, StringComparison.OrdinalIgnoreCase))
        {
            yield return "RegistrationConnection names a subscription, and nothing can be posted to one. "
                + "Name its topic alone in EntityPath.";
        }
        else if (MismatchOf(posting, profile.NotificationConnection) is { } mismatch)
        {
            yield return mismatch;
        }
    }

    private static string? MismatchOf(ServiceBusConnectionStringProperties posting, string? notifications)
    {
        if (string.IsNullOrWhiteSpace(notifications)
            || ProfileValidation.ConnectionFaultOf(notifications) is not null)
        {
            // That is a finding of its own.
            return null;
        }

        var pulling = ServiceBusConnectionStringProperties.Parse(notifications);
        var (to, from) = (PlaceOf(posting), PlaceOf(pulling));
        return string.Equals(to, from, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"RegistrationConnection posts to {to}, but NotificationConnection pulls from {from}. "
                + "Give both the same namespace and the same queue, or a topic and a subscription of it.";
    }

    private static string PlaceOf(ServiceBusConnectionStringProperties properties)
    {
        var path = properties.EntityPath!.Trim('/');
        var subscription = path.IndexOf(Subscriptions, StringComparison.OrdinalIgnoreCase);
        return $"{properties.FullyQualifiedNamespace}:{properties.Port}/"
            + (subscription < 0 ? path : path[..subscription]);
    }
}
