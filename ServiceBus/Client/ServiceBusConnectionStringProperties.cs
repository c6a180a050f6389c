using System.Globalization;

namespace DataExport.ServiceBus;

/// <summary>
/// A Service Bus connection string, taken apart: <c>Endpoint=sb://NAMESPACE.servicebus.windows.net/;
/// SharedAccessKeyName=NAME;SharedAccessKey=KEY[;EntityPath=QUEUE]</c>, or a <c>SharedAccessSignature</c> in place of
/// name and key, and for the emulator <c>UseDevelopmentEmulator=true</c>.
/// </summary>
/// <remarks>
/// Errors name one of the keys above, or the place of a part that begins with none of them: its text may be the secret.
/// </remarks>
public sealed class ServiceBusConnectionStringProperties
{
    private const int TlsPort = 5671;
    private const int PlainPort = 5672;

    private static readonly string[] _keys =
    [
        "Endpoint",
        nameof(SharedAccessKeyName),
        nameof(SharedAccessKey),
        nameof(SharedAccessSignature),
        nameof(EntityPath),
        nameof(UseDevelopmentEmulator),
    ];

    private ServiceBusConnectionStringProperties(Uri endpoint) => Endpoint = endpoint;

    /// <summary>The endpoint as given: scheme <c>sb</c>, host, and a port if one was given.</summary>
    public Uri Endpoint { get; }

    /// <summary>The host of <see cref="Endpoint"/>.</summary>
    public string FullyQualifiedNamespace => Endpoint.Host;

    /// <summary>Name of the shared access rule, or null with a ready signature.</summary>
    public string? SharedAccessKeyName { get; private set; }

    /// <summary>The rule's key. It is used as text, not decoded from Base64.</summary>
    public string? SharedAccessKey { get; private set; }

    /// <summary>A ready signature: <c>SharedAccessSignature sr=…</c>.</summary>
    public string? SharedAccessSignature { get; private set; }

    /// <summary>The queue, topic or subscription that the string is bound to, or null.</summary>
    public string? EntityPath { get; private set; }

    /// <summary>Whether the peer is a local emulator: plain TCP instead of TLS.</summary>
    public bool UseDevelopmentEmulator { get; private set; }

    /// <summary>The port of <see cref="Endpoint"/>; without one 5671 (TLS), or 5672 for the emulator (plain).</summary>
    public int Port => Endpoint.Port > 0 ? Endpoint.Port : UseDevelopmentEmulator ? PlainPort : TlsPort;

    /// <summary>Takes a connection string apart. Keys are case-insensitive, values are trimmed.</summary>
    /// <exception cref="FormatException">A part is missing, empty, given twice or contradictory.</exception>
    public static ServiceBusConnectionStringProperties Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var values = Split(connectionString);
        var properties = new ServiceBusConnectionStringProperties(ReadEndpoint(values))
        {
            SharedAccessKeyName = values.GetValueOrDefault("SharedAccessKeyName"),
            SharedAccessKey = values.GetValueOrDefault("SharedAccessKey"),
            SharedAccessSignature = values.GetValueOrDefault("SharedAccessSignature"),
            EntityPath = values.GetValueOrDefault("EntityPath"),
            UseDevelopmentEmulator =
                bool.TryParse(values.GetValueOrDefault("UseDevelopmentEmulator"), out var emulator) && emulator,
        };
        properties.RequireCredentials();
        return properties;
    }

    /// <summary>Host and port alone: credentials stay out of logs.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"sb://{FullyQualifiedNamespace}:{Port}");

    private static Dictionary<string, string> Split(string connectionString)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var parts = connectionString.Split(';', StringSplitOptions.TrimEntries);
        for (var index = 0; index < parts.Length; index++)
        {
            if (parts[index].Length > 0)
            {
                AddPart(values, parts[index], index + 1);
            }
        }

        return values;
    }

    private static void AddPart(Dictionary<string, string> values, string part, int place)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? part : part[..equals].TrimEnd();
        var value = equals < 0 ? "" : part[(equals + 1)..].TrimStart();
        if (Array.Find(_keys, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } key)
        {
            // Other clients have keys of their own, which say nothing here. A secret that stands alone, because its
            // key was forgotten or a semicolon cut it, looks like one: Base64 ends in equals signs.
            if (name.Length == 0 || value.Trim('=').Length == 0)
            {
                throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Part {place} of the connection string ({part.Length} characters) is not of the form Key=Value."));
            }

            return;
        }

        if (value.Length == 0)
        {
            throw new FormatException($"The connection string's {key} is empty.");
        }

        if (!values.TryAdd(key, value))
        {
            throw new FormatException($"The connection string has {key} twice.");
        }
    }

    private static Uri ReadEndpoint(Dictionary<string, string> values)
    {
        if (!values.TryGetValue("Endpoint", out var text))
        {
            throw new FormatException("The connection string has no Endpoint, such as Endpoint=sb://HOST/.");
        }

        if (!text.Contains("://", StringComparison.Ordinal))
        {
            text = "sb://" + text;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Host.Length > 0
            ? endpoint
            : throw new FormatException("The connection string's Endpoint is no address, such as sb://HOST/.");
    }

    private void RequireCredentials()
    {
        if (SharedAccessSignature is not null && (SharedAccessKey is not null || SharedAccessKeyName is not null))
        {
            throw new FormatException(
                "The connection string has a SharedAccessSignature and a SharedAccessKey: give one of them.");
        }

        if (SharedAccessSignature is not null)
        {
            return;
        }

        if (SharedAccessKeyName is null || SharedAccessKey is null)
        {
            throw new FormatException((SharedAccessKeyName, SharedAccessKey) switch
            {
                (null, null) => "The connection string has neither SharedAccessKeyName and SharedAccessKey nor a "
                    + "SharedAccessSignature.",
                (null, _) => "The connection string has a SharedAccessKey and no SharedAccessKeyName.",
                _ => "The connection string has a SharedAccessKeyName and no SharedAccessKey.",
            });
        }
    }
}
