using System.Threading.Channels;
using DataExport.Targets.Control;

namespace DataExport.Silo.Tests.Control;

/// <summary>Keeps what is reported; can be away.</summary>
internal sealed class FakeControlDatabase : IControlDatabase
{
    private readonly Channel<ControlReport> _reports = Channel.CreateUnbounded<ControlReport>();

    /// <summary>When which profile was reported by whoever.</summary>
    public Dictionary<string, DateTime> ReportTimes { get; } = [];

    /// <summary>Whether every call fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether writes are committed and then fail: nobody hears of it.</summary>
    public bool IsCutAfterCommit { get; set; }

    public List<DateTime> Purges { get; } = [];

    public Task<IReadOnlyDictionary<string, DateTime>> ReadReportTimesAsync(CancellationToken cancellationToken)
    {
        ThrowIfAway();
        return Task.FromResult<IReadOnlyDictionary<string, DateTime>>(ReportTimes);
    }

    public Task WriteAsync(ControlReport report, CancellationToken cancellationToken)
    {
        ThrowIfAway();
        _reports.Writer.TryWrite(report);
        return IsCutAfterCommit ? throw new TimeoutException("The connection was cut.") : Task.CompletedTask;
    }

    public Task PurgeAsync(DateTime before, CancellationToken cancellationToken)
    {
        Purges.Add(before);
        return Task.CompletedTask;
    }

    /// <summary>The next report that was written, once it is.</summary>
    public Task<ControlReport> NextAsync() => _reports.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>Whether one was written that nobody has taken.</summary>
    public bool HasMore => _reports.Reader.TryPeek(out _);

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new TimeoutException("The control database is away.");
        }
    }
}
