using System.Net;
using DataExport.Client;

namespace DataExport.Run.Hosting;

/// <summary>Asks a silo again that was not there or not ready: it may be starting, or be killed on purpose.</summary>
/// <param name="silo">The silo.</param>
/// <param name="mayBeKilled">Whether a silo that has ended comes back.</param>
/// <param name="clock">What it waits on.</param>
internal sealed class Patience(SiloProcess silo, bool mayBeKilled, TimeProvider clock)
{
    private const int LogLinesShown = 15;

    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _startTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Repeats <paramref name="ask"/> until it is answered.</summary>
    /// <exception cref="RunException">The silo has ended and does not come back.</exception>
    /// <exception cref="DataExportException">The silo refused.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask(cancellationToken);
            }
            catch (Exception exception) when (IsPassing(exception))
            {
                RequireAlive();
                await Task.Delay(_rest, clock, cancellationToken);
            }
        }
    }

    /// <summary>Waits until the silo says that it is ready.</summary>
    /// <exception cref="RunException">It ended, or was not ready in time.</exception>
    public async Task WaitUntilReadyAsync(DataExportClient client, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (!await client.IsReadyAsync(cancellationToken))
        {
            RequireAlive();
            if (clock.GetElapsedTime(began) > _startTimeout)
            {
                throw new RunException(
                    $"The silo was not ready after {_startTimeout.TotalSeconds} s. {LastLines()}");
            }

            await Task.Delay(_rest, clock, cancellationToken);
        }
    }

    private static bool IsPassing(Exception exception) => exception switch
    {
        HttpRequestException or IOException => true,
        DataExportException refused => refused.Status is HttpStatusCode.GatewayTimeout
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError,
        _ => false,
    };

    /// <summary>Throws when the silo has ended and does not come back.</summary>
    public void RequireAlive()
    {
        if (!mayBeKilled && silo.HasEnded)
        {
            throw new RunException(
                $"The silo has ended with code {silo.ExitCode}. {LastLines()}");
        }
    }

    private string LastLines() => $"The last lines of its log:\n{silo.ReadLogTail(LogLinesShown)}";
}
