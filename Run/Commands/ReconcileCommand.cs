using System.Text.Json;
using DataExport.Api;
using DataExport.Client;

namespace DataExport.Run.Commands;

/// <summary><c>./run reconcile</c>: compares a profile of a running silo with its source, and repairs it.</summary>
internal sealed class ReconcileCommand(DataExportClient client, TimeProvider clock)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(500);
    private static readonly JsonSerializerOptions _indented = new(ApiJson.Options) { WriteIndented = true };

    /// <summary>Runs a reconcile to its end and prints its report.</summary>
    /// <exception cref="RunException">There is no such profile, or the silo was restarted meanwhile.</exception>
    public async Task<int> RunAsync(
        string name, ReconcileRequest request, bool isJson, TextWriter output, CancellationToken cancellationToken)
    {
        var profile = await SiloSwitches.FindProfileAsync(client, name, cancellationToken);
        var report = await client.StartReconcileAsync(profile.Id, request, cancellationToken);
        try
        {
            report = await WaitAsync(profile.Id, report, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Who stops the command means the reconcile; what it has found is still worth printing.
            report = await client.StopReconcileAsync(profile.Id, CancellationToken.None) ?? report;
        }

        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(report, _indented));
        }
        else
        {
            ReconcileText.Write(profile.Name, report, output);
        }

        return ReconcileText.IsInStep(report) ? ExitCode.Success : ExitCode.Failure;
    }

    private async Task<ReconcileReport> WaitAsync(
        string id, ReconcileReport report, CancellationToken cancellationToken)
    {
        while (report.EndedOn is null)
        {
            await Task.Delay(s_interval, clock, cancellationToken);
            report = await client.GetReconcileAsync(id, cancellationToken)
                ?? throw new RunException("The silo was restarted and has given the reconcile up. Run it again.");
        }

        return report;
    }
}
