using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The grains of one process: their classes, their clock and their end.</summary>
internal sealed partial class Silo : IDisposable
{
    /// <summary>Beyond it an age is no age: it must be possible to add it to any time.</summary>
    private static readonly TimeSpan s_ageMax = TimeSpan.FromDays(36_500);

    private readonly ILogger<Silo> _logger;
    private readonly GrainCollectionOptions _collection;
    private readonly SiloMessagingOptions _messaging;
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    public Silo(
        IServiceProvider services,
        ServiceLifetimes lifetimes,
        TimeProvider clock,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        ILogger<Silo> logger)
    {
        Services = services;
        Lifetimes = lifetimes;
        Clock = clock;
        _collection = collection.Value;
        _messaging = messaging.Value;
        _logger = logger;
        SiloOptionsRules.Require(_collection, _messaging);
        Heartbeat = new Heartbeat(this, SiloOptionsRules.GetHeartbeatPeriod(_collection, _messaging));
        CallWheel = new Wheel(Heartbeat.Period.Ticks);
        IdleWheel = new Wheel(_collection.CollectionQuantum.Ticks);
        Factory = new GrainFactory(this, GrainManifestReader.Read());
    }

    public IServiceProvider Services { get; }

    public ServiceLifetimes Lifetimes { get; }

    public TimeProvider Clock { get; }

    public Heartbeat Heartbeat { get; }

    public Wheel CallWheel { get; }

    public Wheel IdleWheel { get; }

    public GrainFactory Factory { get; }

    public IGrainFactory GrainFactory => Factory;

    public TimeSpan ActivationTimeout => _collection.ActivationTimeout;

    public TimeSpan DeactivationTimeout => _collection.DeactivationTimeout;

    /// <summary>Ticks since the silo began, as of the last heartbeat: cheap, and at most one period behind.</summary>
    public long Now => Heartbeat.Now;

    public static DeactivationReason Stopping { get; } =
        new(DeactivationReasonCode.ShuttingDown, "This process is terminating.");

    public bool IsStopping => _isStopping;

    /// <summary>
    /// Whether a grain may come up for the present caller: grains that are leaving may still call others.
    /// </summary>
    public bool RefusesActivations => _isStopping && RuntimeContext.Current is null;

    /// <summary>No call is answered before its time, though the time it was made at is coarse.</summary>
    public long EndOf(GrainCall call) => Sum(call.SentAt, _messaging.ResponseTimeout);

    public long After(TimeSpan delay) =>
        delay == Timeout.InfiniteTimeSpan ? long.MaxValue : Sum(Now, delay);

    public TimeoutException CreateTimeout(GrainCall call) => new(
        $"Response did not arrive on time in {_messaging.ResponseTimeout} for {call.Method} of grain "
        + $"{call.Target!.GrainId}. The outcome of the call is unknown.{CallChain.Describe(call)}");

    public static SiloUnavailableException CreateRefusal(GrainCall call, GrainId grainId) => new(
        $"The silo is shutting down and takes no call of {call.Method} for grain {grainId}, which is not active.");

    /// <summary>Why a call may not go on to the next activation, or null.</summary>
    public OrleansMessageRejectionException? RefuseForward(GrainCall call, GrainId grainId)
    {
        if (_isStopping)
        {
            return CreateRefusal(call, grainId);
        }

        return ++call.Forwards <= _messaging.MaxForwardCount ? null : new OrleansMessageRejectionException(
            $"Forwarding failed: {call.Method} for grain {grainId} came {call.Forwards} times to an activation that "
            + "was leaving. Rejecting now.");
    }

    /// <summary>A class' own age, else that which options give it, else the age of all.</summary>
    public long GetAgeLimitTicks(Type grainClass)
    {
        var attribute = grainClass.GetCustomAttribute<CollectionAgeLimitAttribute>(inherit: true);
        if (attribute is { AlwaysActive: true } || grainClass.IsDefined(typeof(KeepAliveAttribute)))
        {
            return long.MaxValue;
        }

        var age = attribute?.AgeLimit
            ?? (_collection.ClassSpecificCollectionAge.TryGetValue(grainClass.FullName!, out var specific)
                ? specific
                : _collection.CollectionAge);
        return age == Timeout.InfiniteTimeSpan || age > s_ageMax ? long.MaxValue : age.Ticks;
    }

    public void Start()
    {
        // Not before: a filter may ask for the grain factory, which is this silo's.
        var filters = Services.GetServices<IIncomingGrainCallFilter>().ToArray();
        foreach (var grainClass in Factory.Classes)
        {
            grainClass.UseFilters(filters);
        }

        Heartbeat.Start();
    }

    /// <summary>Lets running calls end and all activations leave. New ones come up for leaving grains only.</summary>
    /// <param name="cancellationToken">Ends the patience with grains that do not leave.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        foreach (var grainClass in Factory.Classes)
        {
            foreach (var activation in grainClass.Activations)
            {
                activation.Deactivate(Stopping, cancellationToken);
            }
        }

        OnLeft();
        await _emptied.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Heartbeat.Stop();
    }

    /// <summary>Cancels; what the grain's own callbacks throw is logged.</summary>
    public void Cancel(CancellationTokenSource source, GrainId grainId)
    {
        try
        {
            source.Cancel();
        }
        catch (Exception exception)
        {
            LogCancellationFailed(exception, grainId);
        }
    }

    /// <summary>An activation has left.</summary>
    public void OnLeft()
    {
        if (_isStopping && Factory.Classes.All(grainClass => grainClass.IsEmpty))
        {
            _emptied.TrySetResult();
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        Heartbeat.Stop();
    }

    /// <summary>
    /// Later than <paramref name="coarse"/> by the delay and by as much as the coarse time may be behind.
    /// </summary>
    private long Sum(long coarse, TimeSpan delay) =>
        delay > s_ageMax ? long.MaxValue : coarse + Heartbeat.Period.Ticks + delay.Ticks;
}
