using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations of one grain class.</summary>
internal abstract class GrainActivations(GrainClass grainClass)
{
    public abstract IEnumerable<Activation> All { get; }

    public abstract bool IsEmpty { get; }

    /// <summary>How many there are.</summary>
    public virtual int Count => All.Count();

    protected GrainClass Class => grainClass;

    /// <inheritdoc cref="GrainClass.Dispatch"/>
    public abstract Activation? Dispatch(string key, GrainCall call);

    /// <summary>Forgets an activation that is gone.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="leftovers">Calls that it never started and that go on to the next.</param>
    public abstract void OnLeft(Activation activation, List<GrainCall>? leftovers);

    /// <summary>Refuses a call that needs a new activation while the silo is stopping.</summary>
    protected bool Refuses(string key, GrainCall call)
    {
        if (!Class.Silo.RefusesActivations)
        {
            return false;
        }

        call.Reject(Silo.CreateRefusal(call, GrainId.Create(Class.Type, key)));
        return true;
    }
}

/// <summary>One activation a grain.</summary>
internal sealed class SingleActivations(GrainClass grainClass) : GrainActivations(grainClass)
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);

    public override IEnumerable<Activation> All => _activations.Values;

    public override bool IsEmpty => _activations.IsEmpty;

    public override int Count => _activations.Count;

    public override Activation? Dispatch(string key, GrainCall call)
    {
        while (true)
        {
            if (!_activations.TryGetValue(key, out var activation) || activation.IsGone)
            {
                if (Refuses(key, call))
                {
                    return null;
                }

                var fresh = new Activation(Class, key);
                if (!TryPublish(fresh, activation))
                {
                    continue;
                }

                activation = fresh;
            }

            if (activation.TryReceive(call))
            {
                return activation;
            }
        }
    }

    public override void OnLeft(Activation activation, List<GrainCall>? leftovers)
    {
        if (leftovers is { Count: > 0 })
        {
            new Activation(Class, activation.Key).Adopt(leftovers, fresh => TryPublish(fresh, activation));
            foreach (var call in leftovers)
            {
                // Somebody else was first in bringing up the next activation.
                Dispatch(activation.Key, call);
            }
        }

        _activations.TryRemove(KeyValuePair.Create(activation.Key, activation));
    }

    private bool TryPublish(Activation fresh, Activation? gone) => gone is null
        ? _activations.TryAdd(fresh.Key, fresh)
        : _activations.TryUpdate(fresh.Key, fresh, gone);
}
