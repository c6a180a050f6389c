using System.Reflection;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One grain class of a silo, and the activations of its grains.</summary>
internal sealed class GrainClass
{
    private readonly GrainActivations _activations;
    private readonly GrainConstructor _constructor;

    public GrainClass(Silo silo, Type implementation, Type[] interfaces)
    {
        Silo = silo;
        Implementation = implementation;
        Interfaces = interfaces;
        Type = GrainType.Create(GrainTypeName.Of(implementation));
        AgeLimitTicks = silo.GetAgeLimitTicks(implementation);
        IsReentrant = implementation.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MayInterleave = CreatePredicate(implementation);
        OverridesOnActivate = Overrides(nameof(Grain.OnActivateAsync), typeof(CancellationToken));
        OverridesOnDeactivate = Overrides(
            nameof(Grain.OnDeactivateAsync), typeof(DeactivationReason), typeof(CancellationToken));
        _constructor = new GrainConstructor(silo, implementation);
        _activations = implementation.GetCustomAttribute<StatelessWorkerAttribute>(inherit: true) is { } worker
            ? new WorkerActivations(this, worker.MaxLocalWorkers)
            : new SingleActivations(this);
    }

    public Silo Silo { get; }

    public Type Implementation { get; }

    public Type[] Interfaces { get; }

    public GrainType Type { get; }

    public long AgeLimitTicks { get; }

    public bool IsReentrant { get; }

    /// <summary>Says which calls may pass running ones, where the class decides that itself.</summary>
    public Func<IInvokable, bool>? MayInterleave { get; }

    /// <summary>The silo's filters; null when calls go straight to the method.</summary>
    public IIncomingGrainCallFilter[]? Filters { get; private set; }

    public bool OverridesOnActivate { get; }

    public bool OverridesOnDeactivate { get; }

    public IEnumerable<Activation> Activations => _activations.All;

    public bool IsEmpty => _activations.IsEmpty;

    public int Count => _activations.Count;

    public void UseFilters(IIncomingGrainCallFilter[] filters) =>
        Filters = filters.Length > 0 || Implementation.IsAssignableTo(typeof(IIncomingGrainCallFilter))
            ? filters
            : null;

    public object Construct(Activation activation) => _constructor.Construct(activation);

    public GrainReference CreateReference(string key) =>
        Silo.Factory.CreateProxy(Interfaces[0], new GrainReferenceSource(this, key));

    public TGrainInterface CreateReference<TGrainInterface>(string key) =>
        Implementation.IsAssignableTo(typeof(TGrainInterface))
            ? (TGrainInterface)(object)Silo.Factory.CreateProxy(
                typeof(TGrainInterface), new GrainReferenceSource(this, key))
            : throw new InvalidCastException($"{Implementation} does not implement {typeof(TGrainInterface)}.");

    /// <summary>Hands the call to the grain's activation, which is created where there is none.</summary>
    /// <returns>The activation that most likely takes the next call too, or null.</returns>
    public Activation? Dispatch(string key, GrainCall call) => _activations.Dispatch(key, call);

    /// <summary>
    /// Forgets an activation that is gone, and hands the calls that it never started to the next one.
    /// </summary>
    public void OnLeft(Activation activation, List<GrainCall>? leftovers, Exception? failure)
    {
        _activations.OnLeft(activation, GetForwardable(activation.GrainId, leftovers, failure));
        Silo.OnLeft();
    }

    private static Func<IInvokable, bool>? CreatePredicate(Type implementation)
    {
        if (implementation.GetCustomAttribute<MayInterleaveAttribute>(inherit: true) is not { } attribute)
        {
            return null;
        }

        var method = implementation.GetMethod(
            attribute.CallbackMethodName,
            BindingFlags.Static | BindingFlags.Public | BindingFlags.FlattenHierarchy,
            [typeof(IInvokable)]);
        return method?.ReturnType == typeof(bool)
            ? method.CreateDelegate<Func<IInvokable, bool>>()
            : throw new InvalidOperationException(
                $"Class {implementation} has no method \"public static bool {attribute.CallbackMethodName}"
                + $"({nameof(IInvokable)})\", which its [MayInterleave] names.");
    }

    private List<GrainCall>? GetForwardable(GrainId grainId, List<GrainCall>? leftovers, Exception? failure)
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

    private bool Overrides(string method, params Type[] parameters)
    {
        var declared = Implementation.GetMethod(method, BindingFlags.Instance | BindingFlags.Public, parameters);
        return declared?.DeclaringType != typeof(Grain);
    }
}
