using System.Diagnostics.Metrics;
using DataExport.Targets.Control;

namespace DataExport.Silo.Telemetry;

/// <summary>The instruments of one profile's path. Thread-safe; no call allocates once its series exists.</summary>
internal sealed class ProfileInstruments
{
    private static readonly Tag[] _outcomes =
    [
        new("outcome", "completed"),
        new("outcome", "abandoned"),
        new("outcome", "dead_lettered"),
        new("outcome", "lost"),
    ];

    private static readonly Tag[] _statuses =
    [
        new("status", "applied"),
        new("status", "superseded"),
        new("status", "rejected"),
        new("status", "unavailable"),
        new("status", "uncertain"),
    ];

    private readonly MessageInstruments _messages;
    private readonly BatchInstruments _batches;
    private readonly SourceInstruments _source;
    private readonly Tag _profile;
    private readonly ProfileTally _tally = new();

    public ProfileInstruments(PathInstruments path, string profile, TimeProvider clock)
    {
        (_messages, _batches, _source) = (path.Messages, path.Batches, path.Source);
        _profile = new Tag("profile", profile);
        Gauges = new ProfileGauges(_profile, clock);
    }

    /// <summary>What is shown as it is at a scrape.</summary>
    public ProfileGauges Gauges { get; }

    /// <summary>Changes answered since the silo started, whatever the answer, except "unavailable".</summary>
    public long Answered => _tally[Tallied.ChangesApplied] + _tally[Tallied.ChangesSuperseded]
        + _tally[Tallied.ChangesRejected] + _tally[Tallied.ChangesUncertain];

    /// <summary>What has happened since the silo started.</summary>
    public ControlCounts Counts => _tally.Read();

    /// <summary>
    /// Begins every series at zero. One that began with its first event would hide that event from every rate.
    /// </summary>
    public void Begin(IEnumerable<string> tables)
    {
        foreach (var outcome in _outcomes)
        {
            _messages.Settled.Add(0, _profile, outcome);
        }

        foreach (var status in _statuses)
        {
            _messages.ChangesAnswered.Add(0, _profile, status);
        }

        Counter<long>[] counters =
        [
            _messages.Received, _messages.ReceivedBytes, _messages.Undecodable, _messages.Unnamed,
            _messages.Mojibake, _messages.ChangesDecoded,
            _batches.Halved, _batches.Retried, _source.FetchRequests, _source.FetchedRecords,
        ];
        foreach (var counter in counters)
        {
            counter.Add(0, _profile);
        }

        foreach (var tag in tables.Select(static table => new Tag("table", table)))
        {
            _batches.FailedRecords.Add(0, _profile, tag);
            _source.Pages.Add(0, _profile, tag);
            _source.Rows.Add(0, _profile, tag);
        }
    }

    /// <summary>(a) A message was received; it is in flight until <see cref="MessageSettled"/>.</summary>
    public void MessageReceived(long bytes)
    {
        _messages.Received.Add(1, _profile);
        _messages.ReceivedBytes.Add(bytes, _profile);
        _messages.InFlight.Add(1, _profile);
        _messages.InFlightBytes.Add(bytes, _profile);
        _tally.Add(Tallied.MessagesReceived);
    }

    /// <summary>(b) A message was decoded to that many changes.</summary>
    public void MessageDecoded(int changes, bool hasMojibake)
    {
        _messages.ChangesDecoded.Add(changes, _profile);
        if (hasMojibake)
        {
            _messages.Mojibake.Add(1, _profile);
        }
    }

    /// <summary>(b) A message was truncated and does not name every record it changed.</summary>
    public void MessageUnnamed() => _messages.Unnamed.Add(1, _profile);

    /// <summary>(b) A message could not be decoded.</summary>
    public void MessageUndecodable() => _messages.Undecodable.Add(1, _profile);

    /// <summary>
    /// (c) (d) A change of a table was answered, <paramref name="latency"/> after its message was enqueued on the bus
    /// and <paramref name="lag"/> after the operation at the source, where that was told.
    /// </summary>
    public void ChangeApplied(string table, ApplyStatus status, TimeSpan latency, TimeSpan? lag)
    {
        _messages.ChangesAnswered.Add(1, _profile, _statuses[(int)status]);
        _tally.Add(Tallied.ChangesApplied + (int)status);
        if (status is ApplyStatus.Unavailable)
        {
            return;
        }

        var tag = new Tag("table", table);
        _messages.ChangeLatency.Record(Math.Max(0, latency.TotalSeconds), _profile, tag);
        if (lag is { } known)
        {
            _messages.ChangeLag.Record(Math.Max(0, known.TotalSeconds), _profile, tag);
        }
    }

    /// <summary>(e) A message of that many body bytes left the silo.</summary>
    public void MessageSettled(MessageOutcome outcome, long bytes)
    {
        _messages.Settled.Add(1, _profile, _outcomes[(int)outcome]);
        _messages.InFlight.Add(-1, _profile);
        _messages.InFlightBytes.Add(-bytes, _profile);
        _tally.Add(Tallied.MessagesCompleted + (int)outcome);
    }

    /// <summary>(d) A batch was committed.</summary>
    public void BatchMerged(int rows, TimeSpan duration)
    {
        _batches.Rows.Record(rows, _profile);
        _batches.MergeDuration.Record(duration.TotalSeconds, _profile);
    }

    /// <summary>(d) The target refused a batch; its halves are tried alone.</summary>
    public void BatchHalved() => _batches.Halved.Add(1, _profile);

    /// <summary>(d) The target was busy or away; the batch is tried again.</summary>
    public void BatchRetried() => _batches.Retried.Add(1, _profile);

    /// <summary>A record went to the failure log.</summary>
    public void RecordFailed(string table)
    {
        _batches.FailedRecords.Add(1, _profile, new Tag("table", table));
        _tally.Add(Tallied.RecordsFailed);
    }

    /// <summary>A page of an initial or delta sync is committed.</summary>
    public void PageLoaded(string table, int rows)
    {
        var tag = new Tag("table", table);
        _source.Pages.Add(1, _profile, tag);
        _source.Rows.Add(rows, _profile, tag);
        _tally.Add(Tallied.RowsRead, rows);
    }

    /// <summary>A fetch of that many records left for the source.</summary>
    public void FetchSent(int ids)
    {
        _source.FetchRequests.Add(1, _profile);
        _source.FetchedRecords.Add(ids, _profile);
        _tally.Add(Tallied.RecordsFetched, ids);
    }
}
