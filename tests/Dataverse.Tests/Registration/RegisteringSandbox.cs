using System.Text;
using System.Text.Json;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;
using DataExport.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Dataverse.Tests.Registration;

/// <summary>A sandbox, what registers in it, and a client that meddles.</summary>
internal sealed class RegisteringSandbox : IAsyncDisposable
{
    private readonly SandboxHost _sandbox = new(
        new SandboxHostOptions(),
        TimeProvider.System,
        Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(
            new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build())
        .AddSingleton<ISourceBudgets, OpenBudgets>()
        .AddDataverseSource()
        .BuildServiceProvider();

    private readonly HttpClient _http = new();

    public DataverseSandbox Sandbox => _sandbox.Environment;

    public DataverseHost Host => _sandbox.WebApi;

    public ISourceRegistration Registration { get; private set; } = null!;

    public RegistrationRequest Request => new()
    {
        ProfileId = "p1",
        ProfileName = "sales",
        Endpoint = new PostAddress(
            $"sb://127.0.0.1:{_sandbox.Namespace.Port}/", "export", IsTopic: false, "send", "hush"),
        Tables =
        [
            new TableRegistration("account", ["name", "revenue"], []),
            new TableRegistration("contact", ["lastname"], []),
        ],
    };

    public static async Task<RegisteringSandbox> StartAsync()
    {
        var test = new RegisteringSandbox();
        await test._sandbox.StartAsync();
        test._http.BaseAddress = test.Host.BaseAddress;
        test.Registration = test._services.GetRequiredService<ISourceRegistrationFactory>()
            .OpenRegistration(new ExportProfile { SourceUrl = test.Host.EnvironmentAddress.AbsoluteUri });
        return test;
    }

    public async Task<List<JsonElement>> RowsAsync(string set)
    {
        var body = await _http.GetStringAsync(new Uri(set, UriKind.Relative));
        return [.. JsonDocument.Parse(body).RootElement.GetProperty("value").EnumerateArray()];
    }

    /// <summary>The step whose name ends so.</summary>
    public async Task<JsonElement> StepAsync(string name) => (await RowsAsync("sdkmessageprocessingsteps"))
        .Single(step => step.GetProperty("name").GetString()!.EndsWith($": {name}", StringComparison.Ordinal));

    public async Task<Guid> StepIdAsync(string name) =>
        (await StepAsync(name)).GetProperty("sdkmessageprocessingstepid").GetGuid();

    /// <summary>Changes a step; ' stands for the double quote.</summary>
    public async Task PatchAsync(Guid step, string members)
    {
        using var content = new StringContent(
            $"{{{members}}}".Replace('\'', '"'), Encoding.UTF8, "application/json");
        using var response = await _http.PatchAsync(
            new Uri($"sdkmessageprocessingsteps({step})", UriKind.Relative), content);
        _ = response.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(string address)
    {
        using var response = await _http.DeleteAsync(new Uri(address, UriKind.Relative));
        _ = response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await Registration.DisposeAsync();
        _http.Dispose();
        await _services.DisposeAsync();
        await _sandbox.DisposeAsync();
    }
}
