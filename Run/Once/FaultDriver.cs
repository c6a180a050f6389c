using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Run.Once;

/// <summary>Does to the environment's data what no notification tells of, by the seed.</summary>
internal sealed class FaultDriver(SandboxEnvironment environment, OnceOptions options, TimeProvider clock)
{
    private const int DeletedAtOnceMax = 200;
    private const int RestoredAtOnceMax = 20;

    private static readonly TimeSpan s_restMax = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(options.Seed + 2);
    private readonly List<(SandboxTable Table, Guid Id)> _deleted = [];

    private DataverseSandbox Sandbox => environment.Sandbox;

    /// <summary>Goes on until cancelled, then lets nothing go wrong any more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        environment.Faults.IsOn = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            DeleteMany();
            RestoreSome();
            await Task.Delay(_random.NextDouble() * s_restMax, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        environment.Faults.IsOn = false;
    }

    private void DeleteMany()
    {
        if (!Happens(SandboxFaults.BulkDelete))
        {
            return;
        }

        var tables = Sandbox.Tables.Where(static table => !table.HasSets).ToArray();
        var table = tables[_random.Next(tables.Length)];

        // A twentieth at most, or a long run would leave nothing.
        var most = Math.Min(DeletedAtOnceMax, Sandbox.Count(table) / 20);
        foreach (var record in Sandbox.Records(table).Take((int)most).ToArray())
        {
            if (Sandbox.DeleteSilently(table, record.Id))
            {
                _deleted.Add((table, record.Id));
            }
        }
    }

    private void RestoreSome()
    {
        if (!Happens(SandboxFaults.Restore))
        {
            return;
        }

        for (var count = Math.Min(RestoredAtOnceMax, _deleted.Count); count > 0; count--)
        {
            var place = _random.Next(_deleted.Count);
            var (table, id) = _deleted[place];
            _ = Sandbox.Restore(table, id);
            _deleted.RemoveAt(place);
        }
    }

    private bool Happens(SandboxFaults fault) => (options.Faults & fault) != 0;
}
