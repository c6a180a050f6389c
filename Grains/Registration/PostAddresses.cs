using DataExport.Grains.Ports;

namespace DataExport.Grains.Registration;

/// <summary>Reads the connection string that an environment posts with. Pure; no error holds a part of it.</summary>
internal static class PostAddresses
{
    private const string Subscriptions = "/Subscriptions/";

    /// <summary>Where a profile's environment posts to; <see langword="null"/>: steps are made by hand.</summary>
    /// <exception cref="ProfileException">A part is missing.</exception>
    public static PostAddress? Of(ExportProfile profile)
    {
        if (string.IsNullOrWhiteSpace(profile.RegistrationConnection))
        {
            return null;
        }

        var parts = Split(profile.RegistrationConnection);
        var endpoint = Required(parts, "Endpoint");
        return new PostAddress(
            AddressOf(endpoint),
            Required(parts, "EntityPath").Trim('/'),
            Split(profile.NotificationConnection ?? "").GetValueOrDefault("EntityPath")
                ?.Contains(Subscriptions, StringComparison.OrdinalIgnoreCase) is true,
            Required(parts, "SharedAccessKeyName"),
            Required(parts, "SharedAccessKey"));
    }

    private static string AddressOf(string endpoint)
    {
        var scheme = endpoint.IndexOf("://", StringComparison.Ordinal);
        return $"sb://{(scheme < 0 ? endpoint : endpoint[(scheme + 3)..]).Trim('/')}/";
    }

    private static string Required(Dictionary<string, string> parts, string key) => parts.GetValueOrDefault(key)
        ?? throw new ProfileException($"RegistrationConnection has no {key}. Give the connection string with "
            + "Endpoint, SharedAccessKeyName, SharedAccessKey and EntityPath.");

    private static Dictionary<string, string> Split(string connection)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connection.Split(';', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals].TrimEnd()] = part[(equals + 1)..].TrimStart();
            }
        }

        return parts;
    }
}
