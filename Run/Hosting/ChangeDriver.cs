using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>
/// Makes random changes at a pace, and holds back while the queue is long: memory does not grow with a slow silo.
/// </summary>
/// <param name="environment">What is changed.</param>
/// <param name="generator">What is done to it.</param>
/// <param name="backlogMax">Messages in a queue above which no change is made.</param>
/// <param name="clock">What the pace is kept by.</param>
internal sealed class ChangeDriver(
    SandboxEnvironment environment, ChangeGenerator generator, int backlogMax, TimeProvider clock)
{
    private const int ChangesBetweenChecks = 32;

    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(1);

    private long _made;

    /// <summary>Changes made so far.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>Makes <paramref name="changes"/> changes.</summary>
    /// <param name="changes">How many.</param>
    /// <param name="perSecond">At most so many a second; 0: as fast as the silo takes them.</param>
    /// <param name="cancellationToken">Ends it early, without an error.</param>
    public async Task RunAsync(long changes, double perSecond, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        for (long done = 0; done < changes && !cancellationToken.IsCancellationRequested;)
        {
            var due = perSecond > 0
                ? (long)Math.Min(changes, clock.GetElapsedTime(began).TotalSeconds * perSecond)
                : changes;
            var now = Math.Min(due - done, ChangesBetweenChecks);
            if (now <= 0 || environment.ReadBacklog() > backlogMax)
            {
                await Task.Delay(_rest, clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            for (var index = 0; index < now; index++)
            {
                _ = generator.Next();
            }

            done += now;
            _ = Interlocked.Add(ref _made, now);
        }
    }
}
