using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>What a silo is started with. Kept over its restarts, so that it comes back as itself.</summary>
internal sealed record SiloSettings(string DataDirectory)
{
    /// <summary>The variable that tells a silo where to listen.</summary>
    public const string AddressVariable = "ASPNETCORE_URLS";

    /// <summary>The variable that tells a silo the key of its API.</summary>
    public const string KeyVariable = "DataExport__Api__Key";

    /// <summary>Where its API listens.</summary>
    public Uri Address { get; init; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>The key of its API: new for every run, and known to this process and the silo alone.</summary>
    public string ApiKey { get; init; } = RandomNumberGenerator.GetHexString(48, lowercase: true);

    /// <summary>How often it looks whether metadata changed.</summary>
    public TimeSpan MetadataInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The limits of the environment that it reads.</summary>
    public ServiceLimitOptions Limits { get; init; } = new();

    /// <summary>Where its output goes.</summary>
    public string LogFile => Path.Combine(DataDirectory, "silo.log");

    /// <summary>Where the key is for others of the same user to read.</summary>
    public string KeyFile => Path.Combine(DataDirectory, "api.key");

    /// <summary>Writes <see cref="KeyFile"/>, which nobody else can read.</summary>
    public void WriteKeyFile()
    {
        _ = Directory.CreateDirectory(DataDirectory);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(KeyFile, options);
        file.Write(ApiKey);
    }

    /// <summary>The configuration as environment variables.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
    [
        new(AddressVariable, Address.ToString()),
        new(KeyVariable, ApiKey),
        new("DataExport__Silo__DataDirectory", DataDirectory),
        new("DataExport__Silo__StopsWithStandardInput", "true"),
        new("DataExport__Metadata__LookInterval", $"{MetadataInterval:c}"),
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
