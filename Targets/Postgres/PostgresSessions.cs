using System.Collections.Concurrent;

namespace DataExport.Targets.Postgres;

/// <summary>The connections of one target: at most so many, kept for the next who needs one.</summary>
internal sealed class PostgresSessions(string connectionString, PostgresTargetOptions options) : IAsyncDisposable
{
    private readonly ConcurrentStack<PostgresSession> _idle = new();
    private readonly SemaphoreSlim _free = new(options.SessionsMax, options.SessionsMax);
    private volatile bool _isDisposed;
    private volatile int _generation;

    /// <summary>Lets no connection be used again that knows tables as they were.</summary>
    public ValueTask RenewAsync()
    {
        _ = Interlocked.Increment(ref _generation);
        return new ValueTask(CloseIdleAsync());
    }

    /// <summary>Does work on a connection that nobody else uses meanwhile.</summary>
    /// <exception cref="Grains.Ports.TargetUnavailableException">The server is busy or away.</exception>
    /// <exception cref="Grains.Ports.TargetRefusedException">The server refuses the data.</exception>
    public async Task<T> UseAsync<T>(
        string subject, Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken,
        bool isProvisioning = false)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        var session = default(PostgresSession);
        var isDone = false;
        var generation = _generation;
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            session = await TakeAsync(cancellationToken).ConfigureAwait(false);
            var result = await work(session).ConfigureAwait(false);
            isDone = true;
            return result;
        }
        catch (Exception exception)
            when (PostgresErrors.ToException(exception, subject, isProvisioning) is { } known)
        {
            generation -= PostgresErrors.IsOfOldSchema(exception) ? 1 : 0;
            throw known;
        }
        finally
        {
            await GiveBackAsync(session, isDone, generation).ConfigureAwait(false);
            _ = _free.Release();
        }
    }

    /// <summary>Waits for what is under way, then closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        for (var session = 0; session < options.SessionsMax; session++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }

        await CloseIdleAsync().ConfigureAwait(false);
        _ = _free.Release(options.SessionsMax);
    }

    private async Task<PostgresSession> TakeAsync(CancellationToken cancellationToken) =>
        _idle.TryPop(out var session)
            ? session
            : await PostgresSession.OpenAsync(connectionString, options, cancellationToken).ConfigureAwait(false);

    private async Task GiveBackAsync(PostgresSession? session, bool isDone, int generation)
    {
        if (session is null)
        {
            return;
        }

        if (!isDone)
        {
            await session.RollbackAsync().ConfigureAwait(false);
        }

        if (!session.IsBroken && generation == _generation)
        {
            _idle.Push(session);
            return;
        }

        // A server that went away took the idle connections with it, and all of them know the tables as they were.
        await session.DisposeAsync().ConfigureAwait(false);
        await CloseIdleAsync().ConfigureAwait(false);
    }

    private async Task CloseIdleAsync()
    {
        while (_idle.TryPop(out var idle))
        {
            await idle.DisposeAsync().ConfigureAwait(false);
        }
    }
}
