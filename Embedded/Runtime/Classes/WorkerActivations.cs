using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Several activations a grain, of a class that keeps nothing between calls.</summary>
/// <param name="grainClass">The class.</param>
/// <param name="workersMax">How many activations one grain may have.</param>
internal sealed class WorkerActivations(GrainClass grainClass, int workersMax) : GrainActivations(grainClass)
{
    private readonly ConcurrentDictionary<string, WorkerPool> _pools = new(StringComparer.Ordinal);

    public override IEnumerable<Activation> All => _pools.Values.SelectMany(static pool => pool.GetWorkers());

    // A pool without workers stays behind where a call was refused while the silo was stopping.
    public override bool IsEmpty => _pools.All(static pool => pool.Value.IsEmpty);

    /// <summary>The next call may go to any worker: none is returned.</summary>
    public override Activation? Dispatch(string key, GrainCall call)
    {
        while (!_pools.GetOrAdd(key, static _ => new WorkerPool()).TryDispatch(call, pool => Choose(pool, key, call)))
        {
            // The pool has just lost its last worker and is replaced.
        }

        return null;
    }

    public override void OnLeft(Activation activation, List<GrainCall>? leftovers)
    {
        var key = activation.Key;
        if (_pools.TryGetValue(key, out var pool) && pool.Remove(activation))
        {
            _pools.TryRemove(KeyValuePair.Create(key, pool));
        }

        foreach (var call in leftovers ?? [])
        {
            Dispatch(key, call);
        }
    }

    /// <summary>An idle worker; else a new one, as long as there may be; else the one with the fewest calls.</summary>
    private Activation? Choose(List<Activation> workers, string key, GrainCall call)
    {
        const int CountedMax = 256;
        var (best, bestLoad) = ((Activation?)null, CountedMax);
        foreach (var worker in workers)
        {
            var load = worker.GetLoad(bestLoad);
            if (load == 0)
            {
                return worker;
            }

            if (load < bestLoad)
            {
                (best, bestLoad) = (worker, load);
            }
        }

        if (workers.Count < workersMax)
        {
            return Refuses(key, call) ? null : Add(workers, key);
        }

        return best ?? workers[Random.Shared.Next(workers.Count)];
    }

    private Activation Add(List<Activation> workers, string key)
    {
        var worker = new Activation(Class, key);
        workers.Add(worker);
        return worker;
    }

    /// <summary>The workers of one grain. Guarded by itself; a worker's lock is taken within.</summary>
    private sealed class WorkerPool
    {
        private readonly Lock _gate = new();
        private readonly List<Activation> _workers = [];
        private bool _isClosed;

        public bool IsEmpty
        {
            get
            {
                lock (_gate)
                {
                    return _workers.Count == 0;
                }
            }
        }

        /// <summary>Hands the call to the worker that is chosen, if any. False when the pool is closed.</summary>
        public bool TryDispatch(GrainCall call, Func<List<Activation>, Activation?> choose)
        {
            lock (_gate)
            {
                while (!_isClosed)
                {
                    if (choose(_workers) is not { } worker || worker.TryReceive(call))
                    {
                        return true;
                    }

                    _workers.Remove(worker);
                }

                return false;
            }
        }

        /// <summary>Whether it was the last one: the pool is closed then.</summary>
        public bool Remove(Activation worker)
        {
            lock (_gate)
            {
                _workers.Remove(worker);
                return _isClosed = _workers.Count == 0;
            }
        }

        public Activation[] GetWorkers()
        {
            lock (_gate)
            {
                return [.. _workers];
            }
        }
    }
}
