using System.Text.Json;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Kubernetes;

/// <summary>The base as kubectl renders it, checked against the API's schemas and types.</summary>
public sealed class RenderedBase : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();

    /// <summary>What was wrong with it; empty when nothing was.</summary>
    public string Faults { get; private set; } = "";

    internal IReadOnlyList<JsonElement> Manifests { get; private set; } = [];

    internal JsonElement Pod => Named("Deployment", "dataexport").GetProperty("spec").GetProperty("template");

    internal JsonElement Container => Pod.GetProperty("spec").GetProperty("containers").EnumerateArray().Single();

    public async Task InitializeAsync()
    {
        await ToolRun.RequireAsync("need-kubectl");
        await ToolRun.RequireAsync("need-npm", Repository.File("tests", "DeploySchemas"));
        var rendered = await ToolRun.RunAsync(
            Repository.Root, "kubectl", "kustomize", Path.Combine("deploy", "k8s", "base"));
        rendered.ExitCode.ShouldBe(0, rendered.Said);
        await File.WriteAllTextAsync(_file, rendered.Output);
        var run = await CheckAsync(_file);
        Faults = run.Errors;
        Manifests =
        [
            .. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonDocument.Parse(line).RootElement),
        ];
    }

    public Task DisposeAsync()
    {
        File.Delete(_file);
        return Task.CompletedTask;
    }

    internal static Task<ToolRun> CheckAsync(string file) =>
        ToolRun.RunAsync(Repository.File("tests", "DeploySchemas"), "node", "manifests.mjs", file);

    /// <summary>Checks the base with one text replaced by another.</summary>
    internal async Task<ToolRun> CheckChangedAsync(string text, string other)
    {
        var rendered = await File.ReadAllTextAsync(_file);
        rendered.ShouldContain(text);
        var changed = $"{_file}.changed";
        await File.WriteAllTextAsync(changed, rendered.Replace(text, other, StringComparison.Ordinal));
        try
        {
            return await CheckAsync(changed);
        }
        finally
        {
            File.Delete(changed);
        }
    }

    internal JsonElement Named(string kind, string name) => Manifests.Single(manifest =>
        manifest.GetProperty("kind").GetString() == kind
        && manifest.GetProperty("metadata").GetProperty("name").GetString() == name);
}
