using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Run.Once;

/// <summary>Does to the environment's data what no notification tells of, by the seed.</summary>
internal sealed class FaultDriver(SandboxEnvironment environment, OnceOptions options, TimeProvider clock)
{
    private const int DeletedAtOnceMax = 200;
    private const int RestoredAtOnceMax = 20;
    private const int RecomputedAtOnceMax = 200;
    private const int HiddenColumns = 2;

    private static readonly TimeSpan s_restMax = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(options.Seed + 2);
    private readonly List<(SandboxTable Table, Guid Id)> _deleted = [];
    private readonly Queue<SandboxColumn> _hidden = [];

    private DataverseSandbox Sandbox => environment.Sandbox;

    /// <summary>Takes some columns away before anything is read: they come while it is.</summary>
    public void HideColumns()
    {
        if (!Happens(SandboxFaults.MetadataChange))
        {
            return;
        }

        foreach (var table in Sandbox.Tables.Where(static table => !table.HasSets))
        {
            var columns = table.Columns
                .Where(column => column.CanComeAndGo && column != table.PrimaryName).ToArray();
            _random.Shuffle(columns);
            foreach (var column in columns.Take(HiddenColumns))
            {
                Sandbox.SetReadable(column, isReadable: false);
                _hidden.Enqueue(column);
            }
        }
    }

    /// <summary>Goes on until cancelled, then lets nothing go wrong any more.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        environment.Faults.IsOn = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            ChangeMetadata();
            DeleteMany();
            RestoreSome();
            RecomputeSome();
            await Task.Delay(_random.NextDouble() * s_restMax, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        environment.Faults.IsOn = false;
        while (_hidden.TryDequeue(out var column))
        {
            Sandbox.SetReadable(column, isReadable: true);
        }
    }

    /// <summary>One column comes; now and then another goes for a while.</summary>
    private void ChangeMetadata()
    {
        if (_hidden.Count == 0 || _random.Next(3) > 0)
        {
            return;
        }

        var column = _hidden.Dequeue();
        Sandbox.SetReadable(column, isReadable: true);
        if (_random.Next(4) == 0)
        {
            Sandbox.SetReadable(column, isReadable: false);
            _hidden.Enqueue(column);
        }
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

    private void RecomputeSome()
    {
        if (!Happens(SandboxFaults.Calculated))
        {
            return;
        }

        var tables = Sandbox.Tables.Where(static table => table.Columns.Any(static column => column.IsComputed))
            .ToArray();
        if (tables.Length == 0)
        {
            return;
        }

        var table = tables[_random.Next(tables.Length)];
        foreach (var record in Sandbox.Records(table).Skip(_random.Next(RecomputedAtOnceMax)).Take(RecomputedAtOnceMax))
        {
            _ = Sandbox.Recompute(table, record.Id);
        }
    }

    private bool Happens(SandboxFaults fault) => (options.Faults & fault) != 0;
}
