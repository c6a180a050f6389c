using System.Collections.Concurrent;
using DataExport.Grains.Ports;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.SqlServer;

/// <summary>The connections of one target: at most so many, kept for the next who needs one.</summary>
internal sealed class SqlServerSessions(string connectionString, SqlServerTargetOptions options) : IAsyncDisposable
{
    private readonly ConcurrentStack<SqlServerSession> _idle = new();
    private readonly SemaphoreSlim _free = new(options.SessionsMax, options.SessionsMax);
    private volatile bool _isDisposed;
    private volatile int _generation;

    /// <summary>Lets no connection be used again that knows tables and types as they were.</summary>
    public void Renew() => _ = Interlocked.Increment(ref _generation);

    /// <summary>
    /// Does work on a connection that nobody else uses meanwhile. Not cancelled once begun: what is merged is worth
    /// committing, or it is done again; time-outs end what takes too long.
    /// </summary>
    /// <exception cref="TargetUnavailableException">The server is busy or away.</exception>
    /// <exception cref="TargetRefusedException">The server refuses the data.</exception>
    public async Task<T> UseAsync<T>(
        string subject, Func<SqlServerSession, Task<T>> work, CancellationToken cancellationToken,
        bool isProvisioning = false)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        var session = default(SqlServerSession);
        var isDone = false;
        var generation = _generation;
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            session = await TakeAsync(subject, cancellationToken).ConfigureAwait(false);
            var result = await work(session).ConfigureAwait(false);
            isDone = true;
            return result;
        }
        catch (Exception exception)
            when (SqlServerErrors.ToException(exception, subject, isProvisioning) is { } known)
        {
            throw known;
        }
        catch (InvalidOperationException) when (session is { IsClosed: true })
        {
            // The driver's word for a connection that broke before a call; its text may name the server.
            throw new TargetUnavailableException($"{subject}: the connection broke.");
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

    private async Task<SqlServerSession> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        if (_idle.TryPop(out var session))
        {
            return session;
        }

        try
        {
            return await SqlServerSession.OpenAsync(connectionString, options, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (SqlException or OperationCanceledException))
        {
            // Such as the driver's pool having no connection in time, or whoever gives out tokens being away. What is
            // thrown then may name servers and users.
            throw new TargetUnavailableException(
                $"{subject}: no connection could be had ({exception.GetType().Name}).");
        }
    }

    private async Task GiveBackAsync(SqlServerSession? session, bool isDone, int generation)
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
