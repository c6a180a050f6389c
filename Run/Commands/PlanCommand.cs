using System.Text.Json;
using DataExport.Api;
using DataExport.Client;

namespace DataExport.Run.Commands;

/// <summary><c>./run plan</c>: what activating a profile of a running silo would do.</summary>
internal static class PlanCommand
{
    private static readonly JsonSerializerOptions _indented = new(ApiJson.Options) { WriteIndented = true };

    /// <summary>Asks the silo and prints its answer.</summary>
    /// <exception cref="RunException">There is no profile of that name.</exception>
    public static async Task<int> RunAsync(
        DataExportClient client, string name, bool isJson, TextWriter output, CancellationToken cancellationToken)
    {
        var profile = await SiloSwitches.FindProfileAsync(client, name, cancellationToken);
        var plan = await client.GetPlanAsync(profile.Id, cancellationToken);
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(plan, _indented));
        }
        else
        {
            Write(plan, output);
        }

        return ExitCode.Success;
    }

    private static void Write(ProfilePlan plan, TextWriter output)
    {
        output.WriteLine($"Profile '{plan.Profile}' is {plan.Status}. Activating it now would do this:");
        Write("Tables", plan.Tables.Select(TextOf), output);
        Write("Target, changes", plan.TargetChanges, output);
        Write("Target, warnings", plan.TargetWarnings, output);
        if (plan.Registration is not { } registration)
        {
            output.WriteLine("Environment: nothing, its steps are registered by hand.");
            return;
        }

        Write("Environment, changes", registration.Changes, output);
        Write("Environment, used as it is", registration.Reused, output);
        Write("Environment, warnings", registration.Warnings, output);
    }

    private static string TextOf(TablePlan table) =>
        string.Join("; ", table.Notes.Prepend($"{table.Table}: {table.Columns} columns"));

    private static void Write(string heading, IEnumerable<string> lines, TextWriter output)
    {
        output.WriteLine($"{heading}:");
        foreach (var line in lines.DefaultIfEmpty("none"))
        {
            output.WriteLine($"  {line}");
        }
    }
}
