using DataExport.Grains.Loops;
using DataExport.Grains.Ports;
using DataExport.Grains.Tables;

namespace DataExport.Grains.Reconciling;

/// <summary>What the comparisons of all tables of a run have in common.</summary>
/// <param name="Runtime">The profile's source and target.</param>
/// <param name="Grains">Where the tables' own synchronisation is.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Limits">Limits.</param>
/// <param name="Clock">What waits run on.</param>
internal sealed record ReconcileContext(
    IProfileRuntime Runtime,
    IGrainFactory Grains,
    ReconcileRequest Request,
    ReconcileLimits Limits,
    TimeProvider Clock)
{
    /// <summary>Whether the table's own loop runs it, which can then not be asked for a delta.</summary>
    public bool IsOwnLoop { get; init; }

    /// <summary>Asks source or target, and asks again what may pass by itself.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            TimeSpan delay;
            try
            {
                return await ask();
            }
            catch (Exception exception) when (failures < Limits.Options.RetriesMax && MayPass(exception))
            {
                delay = RetryBackoff.DelayAfter(exception, failures, Limits.Retries);
            }

            await Task.Delay(delay, Clock, cancellationToken);
        }
    }

    private static bool MayPass(Exception exception) => exception is TargetUnavailableException
        or SourceException { Fault: SourceFault.Unavailable or SourceFault.Throttled };
}

/// <summary>The limits of a run.</summary>
/// <param name="Options">Its own.</param>
/// <param name="DeletionsMax">Rows of a table that may be deleted unless more are allowed.</param>
/// <param name="Retries">How long to wait after trouble with source or target.</param>
internal sealed record ReconcileLimits(ReconcileOptions Options, int DeletionsMax, TableSyncOptions Retries);
