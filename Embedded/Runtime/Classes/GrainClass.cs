using System.Collections.Concurrent;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>One grain class of a silo, and the activations of its grains.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new(StringComparer.Ordinal);
    private readonly GrainConstructor _constructor;

    public GrainClass(Silo silo, Type implementation, Type[] interfaces)
    {
        Silo = silo;
        Implementation = implementation;
        Interfaces = interfaces;
        Type = GrainType.Create(GrainTypeName.Of(implementation));
        AgeLimitTicks = silo.GetAgeLimitTicks(implementation);
        OverridesOnActivate = Overrides(nameof(Grain.OnActivateAsync), typeof(CancellationToken));
        OverridesOnDeactivate = Overrides(
            nameof(Grain.OnDeactivateAsync), typeof(DeactivationReason), typeof(CancellationToken));
        _constructor = new GrainConstructor(silo, implementation);
    }

    public Silo Silo { get; }

    public Type Implementation { get; }

    public Type[] Interfaces { get; }

    public GrainType Type { get; }

    public long AgeLimitTicks { get; }

    public bool OverridesOnActivate { get; }

    public bool OverridesOnDeactivate { get; }

    public ICollection<Activation> Activations => _activations.Values;

    public bool IsEmpty => _activations.IsEmpty;

    public object Construct(Activation activation) => _constructor.Construct(activation);

    public GrainReference CreateReference(string key) =>
        Silo.Factory.CreateProxy(Interfaces[0], new GrainReferenceSource(this, key));

    public TGrainInterface CreateReference<TGrainInterface>(string key) =>
        Interfaces.Contains(typeof(TGrainInterface))
            ? (TGrainInterface)(object)Silo.Factory.CreateProxy(
                typeof(TGrainInterface), new GrainReferenceSource(this, key))
            : throw new InvalidCastException($"{Implementation} does not implement {typeof(TGrainInterface)}.");

    /// <summary>Hands the call to the grain's activation, which is created where there is none.</summary>
    /// <returns>The activation, or null when the call was refused.</returns>
    public Activation? Dispatch(string key, GrainCall call)
    {
        while (true)
        {
            if (!_activations.TryGetValue(key, out var activation) || activation.IsGone)
            {
                if (Silo.RefusesActivations)
                {
                    call.Reject(Runtime.Silo.CreateRefusal(call, GrainId.Create(Type, key)));
                    return null;
                }

                var fresh = new Activation(this, key);
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

    /// <summary>
    /// Forgets an activation that is gone, and hands the calls that it never started to the next one.
    /// </summary>
    public void OnLeft(Activation activation, List<GrainCall>? leftovers, Exception? failure)
    {
        leftovers = Forwardable(activation.GrainId, leftovers, failure);
        if (leftovers is { Count: > 0 })
        {
            new Activation(this, activation.Key).Adopt(leftovers, fresh => TryPublish(fresh, activation));
            foreach (var call in leftovers)
            {
                // Somebody else was first in bringing up the next activation.
                Dispatch(activation.Key, call);
            }
        }

        _activations.TryRemove(KeyValuePair.Create(activation.Key, activation));
        Silo.OnLeft();
    }

    private List<GrainCall>? Forwardable(GrainId grainId, List<GrainCall>? leftovers, Exception? failure)
    {
        leftovers?.RemoveAll(call =>
        {
            var reason = failure ?? Silo.RefuseForward(call, grainId);
            if (reason is not null)
            {
                call.Reject(reason);
            }

            return reason is not null;
        });
        return leftovers;
    }

    private bool TryPublish(Activation fresh, Activation? gone) => gone is null
        ? _activations.TryAdd(fresh.Key, fresh)
        : _activations.TryUpdate(fresh.Key, fresh, gone);

    private bool Overrides(string method, params Type[] parameters)
    {
        var declared = Implementation.GetMethod(method, BindingFlags.Instance | BindingFlags.Public, parameters);
        return declared?.DeclaringType != typeof(Grain);
    }
}
