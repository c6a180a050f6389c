using System.Collections.Immutable;
using DataExport.Grains.Loops;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Reconciling;

/// <summary>Runs one reconcile at a time, table after table. Its report lives as long as the grain.</summary>
internal sealed partial class ReconcileGrain(
    IProfileRuntimes runtimes,
    ReconcileLimits limits,
    TimeProvider clock,
    ILogger<ReconcileGrain> logger) : Grain, IReconcileGrain
{
    private static readonly TimeSpan s_stay = TimeSpan.FromDays(1);

    private readonly GrainLoop _loop = new(clock);
    private ReconcileReport? _report;
    private ImmutableArray<TableReconcile> _tables = [];

    private string ProfileId => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async Task<ReconcileReport> StartAsync(ReconcileRequest request)
    {
        DemandNoneRuns();
        var runtime = await runtimes.GetAsync(ProfileId, CancellationToken.None);
        var context = new ReconcileContext(runtime, GrainFactory, request, limits, clock);
        var tables = TablesOf(runtime, request);
        _tables = [.. tables.Select(table => new TableReconcile(context, table))];
        _report = new ReconcileReport
        {
            Phase = ReconcilePhase.Walking,
            Request = request,
            StartedOn = clock.GetUtcNow().UtcDateTime,
        };
        LogStarted(ProfileId, tables.Length, request.Cells, request.Repair);
        _loop.Start(RunAsync);
        return Report()!;
    }

    /// <inheritdoc/>
    public Task<ReconcileReport?> GetReportAsync() => Task.FromResult(Report());

    /// <inheritdoc/>
    public Task StopAsync() => _loop.StopAsync();

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        StopAsync();

    private void DemandNoneRuns()
    {
        if (_loop.IsRunning)
        {
            throw new ProfileException(
                $"A reconcile of profile '{ProfileId}' runs already. Wait for its report, or stop it first.");
        }
    }

    private ImmutableArray<TableDefinition> TablesOf(IProfileRuntime runtime, ReconcileRequest request)
    {
        var names = request.Tables.IsDefaultOrEmpty
            ? [.. runtime.Tables.Keys.Order(StringComparer.Ordinal)]
            : request.Tables.Distinct(StringComparer.Ordinal).ToImmutableArray();
        var unknown = names.Where(name => !runtime.Tables.ContainsKey(name)).ToArray();
        return unknown.Length == 0
            ? [.. names.Select(name => runtime.Tables[name])]
            : throw new ProfileException(
                $"Profile '{ProfileId}' does not export: {string.Join(", ", unknown)}. Name some of: "
                + $"{string.Join(", ", runtime.Tables.Keys.Order(StringComparer.Ordinal))}.");
    }

    private ReconcileReport? Report() => _report is null
        ? null
        : _report with { Tables = [.. _tables.Select(static table => table.Report)] };

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var table in _tables)
            {
                DelayDeactivation(s_stay);
                await table.RunAsync(stopping);
                Log(table.Report);
            }

            End(ReconcilePhase.Done);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            End(ReconcilePhase.Stopped);
        }
    }

    private void End(ReconcilePhase phase)
    {
        _report = _report! with { Phase = phase, EndedOn = clock.GetUtcNow().UtcDateTime };
        LogEnded(ProfileId, phase);
    }
}
