using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>What a silo is started with. Kept over its restarts, so that it comes back as itself.</summary>
internal sealed record SiloSettings(string DataDirectory)
{
    /// <summary>Where its API listens.</summary>
    public Uri Address { get; init; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>The key of its API: new for every run, and known to this process and the silo alone.</summary>
    public string ApiKey { get; init; } = RandomNumberGenerator.GetHexString(48, lowercase: true);

    /// <summary>The limits of the environment that it reads.</summary>
    public ServiceLimitOptions Limits { get; init; } = new();

    /// <summary>Where its output goes.</summary>
    public string LogFile => Path.Combine(DataDirectory, "silo.log");

    /// <summary>The configuration as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new("ASPNETCORE_URLS", Address.ToString()),
        new("DataExport__Api__Key", ApiKey),
        new("DataExport__Silo__DataDirectory", DataDirectory),
        new("DataExport__Silo__StopsWithStandardInput", "true"),
        new("DataExport__SourceLimits__Window", $"{Limits.Window:c}"),
        new("DataExport__SourceLimits__RequestsMax", $"{Limits.RequestsMax}"),
        new("DataExport__SourceLimits__ExecutionMax", $"{Limits.ExecutionMax:c}"),
        new("DataExport__SourceLimits__ConcurrentMax", $"{Limits.ConcurrentMax}"),
        new("Logging__LogLevel__Microsoft.AspNetCore", "Warning"),
        new("Logging__LogLevel__System.Net.Http", "Warning"),
    ];

    /// <summary>
    /// A port that is free now. Whoever takes it in between makes the silo's start fail with a clear message.
    /// </summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
