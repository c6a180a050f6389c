using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>One grain in memory: its instance, its calls and its turns.</summary>
/// <remarks>
/// <see cref="Turns"/> is the lock of everything here. Nothing of the grain's own runs under it.
/// </remarks>
internal sealed partial class Activation : IGrainContext
{
    private ActivationState _state;
    private ActivationExtras? _extras;

    public Activation(GrainClass grainClass, string key)
    {
        Class = grainClass;
        Key = key;
        Turns = new TurnScheduler(this);
        _idleSince = grainClass.Silo.Now;
    }

    public GrainClass Class { get; }

    public string Key { get; }

    public TurnScheduler Turns { get; }

    public object? GrainInstance { get; private set; }

    public GrainId GrainId => new(Class.Type, IdSpan.Create(Key));

    public GrainReference GrainReference => Class.CreateReference(Key);

    public IGrainFactory GrainFactory => Class.Silo.GrainFactory;

    public bool IsGone => _state is ActivationState.Invalid;

    public IServiceProvider ActivationServices
    {
        get
        {
            lock (Turns)
            {
                ObjectDisposedException.ThrowIf(IsGone, this);
                _extras ??= new ActivationExtras();
                _extras.Scope ??= Class.Silo.Services.CreateAsyncScope();
                return _extras.Scope.Value.ServiceProvider;
            }
        }
    }

    public Task Deactivated
    {
        get
        {
            lock (Turns)
            {
                if (IsGone && _extras?.Gone is null)
                {
                    return Task.CompletedTask;
                }

                _extras ??= new ActivationExtras();
                _extras.Gone ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _extras.Gone.Task;
            }
        }
    }

    public void AddState(ILoadedState state)
    {
        lock (Turns)
        {
            _extras ??= new ActivationExtras();
            _extras.States ??= [];
            _extras.States.Add(state);
        }
    }

    public override string ToString() => $"[Activation: {GrainId} State={_state}]";
}
