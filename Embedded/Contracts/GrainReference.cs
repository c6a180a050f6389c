using System.ComponentModel;

namespace Orleans.Runtime;

/// <summary>Base of the generated proxies through which grains are called.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly GrainClass _class;
    private readonly string _key;
    private Activation? _activation;

    [EditorBrowsable(EditorBrowsableState.Never)]
    protected GrainReference(GrainReferenceSource source)
    {
        _class = source.Class;
        _key = source.Key;
    }

    public GrainId GrainId => new(_class.Type, IdSpan.Create(_key));

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    public static bool operator ==(GrainReference? left, GrainReference? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    internal TGrainInterface Cast<TGrainInterface>() =>
        this is TGrainInterface already ? already : _class.CreateReference<TGrainInterface>(_key);

    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task<TResult> Send<TResult>(TaskCall<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Dispatch(call);
        return call.Promise;
    }

    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Task Send(TaskCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Dispatch(call);
        return call.Method.IsOneWay ? Task.CompletedTask : call.Promise;
    }

    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask<TResult> Send<TResult>(ValueTaskCall<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Dispatch(call);
        return call.Promise;
    }

    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ValueTask Send(ValueTaskCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Dispatch(call);
        return call.Method.IsOneWay ? ValueTask.CompletedTask : call.Promise;
    }

    private void Dispatch(GrainCall call)
    {
        if (!call.TryArmCancellation())
        {
            return;
        }

        call.Depart(_class.Silo.Now);

        // The activation that answered last most likely answers again: no look-up then.
        if (_activation is not { } known || !known.TryReceive(call))
        {
            _activation = _class.Dispatch(_key, call);
        }
    }
}
