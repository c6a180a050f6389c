using System.Collections.Concurrent;

namespace DataExport.Targets.Sessions;

/// <summary>The connections of one target: at most so many, kept for the next who needs one.</summary>
/// <param name="limits">How many.</param>
internal abstract class TargetSessions<TSession>(ServerTargetOptions limits) : IAsyncDisposable
    where TSession : class, ITargetSession
{
    private readonly ConcurrentStack<TSession> _idle = new();
    private readonly SemaphoreSlim _free = new(limits.SessionsMax, limits.SessionsMax);
    private volatile bool _isDisposed;
    private volatile int _generation;

    /// <summary>Lets no connection be used again that knows tables and types as they were.</summary>
    public Task RenewAsync()
    {
        _ = Interlocked.Increment(ref _generation);
        return CloseIdleAsync();
    }

    /// <summary>
    /// Does work on a connection that nobody else uses meanwhile. Not cancelled once begun: what is merged is worth
    /// committing, or it is done again; time-outs end what takes too long.
    /// </summary>
    /// <exception cref="Grains.Ports.TargetUnavailableException">The server is busy or away.</exception>
    /// <exception cref="Grains.Ports.TargetRefusedException">The server refuses the data.</exception>
    public async Task<T> UseAsync<T>(
        string subject, Func<TSession, Task<T>> work, CancellationToken cancellationToken, bool isProvisioning = false)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        var session = default(TSession);
        var isDone = false;
        var generation = _generation;
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            session = _idle.TryPop(out var idle)
                ? idle
                : await OpenAsync(subject, cancellationToken).ConfigureAwait(false);
            var result = await work(session).ConfigureAwait(false);
            isDone = true;
            return result;
        }
        catch (Exception exception) when (MeaningOf(exception, session, subject, isProvisioning) is { } meaning)
        {
            generation -= IsOfOldSchema(exception) ? 1 : 0;
            throw meaning;
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
        for (var session = 0; session < limits.SessionsMax; session++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }

        await CloseIdleAsync().ConfigureAwait(false);
        _ = _free.Release(limits.SessionsMax);
    }

    /// <summary>Opens another connection.</summary>
    protected abstract Task<TSession> OpenAsync(string subject, CancellationToken cancellationToken);

    /// <summary>What the driver's exception means; nothing if it is none of the server's.</summary>
    protected abstract Exception? MeaningOf(
        Exception exception, TSession? session, string subject, bool isProvisioning);

    /// <summary>Whether it says that the connection knows tables as they were.</summary>
    protected virtual bool IsOfOldSchema(Exception exception) => false;

    private async Task GiveBackAsync(TSession? session, bool isDone, int generation)
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
