using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A part of a grain's state, kept in step with its storage.</summary>
/// <remarks>
/// Operations run one after the other and begin after the turn that asked for them. So writes that are asked for
/// while one has not begun are one write, which takes the state as it then is.
/// </remarks>
internal sealed class PersistentState<TState>(Activation activation, IGrainStorage storage, string stateName)
    : IPersistentState<TState>, ILoadedState
{
    private readonly GrainState<TState> _stored = new(StateActivator<TState>.Create());
    private StorageOperation? _last;
    private bool _isLoaded;

    private enum Kind
    {
        Read = 0,
        Write = 1,
        Clear = 2,
    }

    public TState State
    {
        get
        {
            RuntimeContext.RequireTurn();
            return _stored.State!;
        }

        set
        {
            RuntimeContext.RequireTurn();
            _stored.State = value;
        }
    }

    public string? Etag => _stored.ETag;

    public bool RecordExists => _isLoaded
        ? _stored.RecordExists
        : throw new InvalidOperationException("State has not yet been loaded");

    public Task LoadAsync(CancellationToken cancellationToken) =>
        _isLoaded ? Task.CompletedTask : StartAsync(Kind.Read, cancellationToken);

    public Task ReadStateAsync() => StartAsync(Kind.Read, CancellationToken.None);

    public Task WriteStateAsync() => StartAsync(Kind.Write, CancellationToken.None);

    public Task ClearStateAsync() => StartAsync(Kind.Clear, CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => StartAsync(Kind.Read, cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) => StartAsync(Kind.Write, cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) => StartAsync(Kind.Clear, cancellationToken);

    private Task StartAsync(Kind kind, CancellationToken cancellationToken)
    {
        RuntimeContext.RequireTurn();
        var mayJoin = kind is not Kind.Read && !cancellationToken.CanBeCanceled;
        if (mayJoin && _last is { HasBegun: false } waiting && waiting.Kind == kind && waiting.MayBeJoined)
        {
            return waiting.Completion;
        }

        var operation = new StorageOperation(kind, mayJoin);
        operation.Completion = RunAsync(operation, _last, cancellationToken);
        _last = operation;
        return operation.Completion;
    }

    private async Task RunAsync(
        StorageOperation operation, StorageOperation? before, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(
            ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            if (before is not null)
            {
                await before.Completion.ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }

            operation.HasBegun = true;
            if (before is { Completion.IsCompletedSuccessfully: true } && IsSatisfied(operation.Kind, before.Kind))
            {
                _isLoaded = true;
                return;
            }

            await RunAsync(operation.Kind, cancellationToken);
            _isLoaded = true;
        }
        finally
        {
            if (ReferenceEquals(_last, operation))
            {
                _last = null;
            }
        }
    }

    /// <summary>What was just read, written or cleared is known; what was just cleared is clear.</summary>
    private static bool IsSatisfied(Kind kind, Kind before) =>
        kind is Kind.Read || (kind is Kind.Clear && before is Kind.Clear);

    private async Task RunAsync(Kind kind, CancellationToken cancellationToken)
    {
        try
        {
            await (kind switch
            {
                Kind.Read => storage.ReadStateAsync(stateName, activation.GrainId, _stored, cancellationToken),
                Kind.Write => storage.WriteStateAsync(stateName, activation.GrainId, _stored, cancellationToken),
                _ => storage.ClearStateAsync(stateName, activation.GrainId, _stored, cancellationToken),
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var provider = storage.GetType().Name;
            var operation = $"{kind}StateAsync";
            activation.Class.Silo.LogStorageFailed(exception, activation.GrainId, provider, operation, stateName);
            if (exception is OrleansException)
            {
                throw;
            }

            throw new OrleansException(
                $"Error from storage provider {provider}.{stateName} during {operation} "
                + $"for grain {activation.GrainId}: {exception.Message}",
                exception);
        }
    }

    /// <summary>One operation in line.</summary>
    private sealed class StorageOperation(Kind kind, bool mayBeJoined)
    {
        public Kind Kind { get; } = kind;

        public bool MayBeJoined { get; } = mayBeJoined;

        public bool HasBegun { get; set; }

        public Task Completion { get; set; } = Task.CompletedTask;
    }
}
