using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;
using DataExport.ServiceBus;
using DataExport.Silo.Hosting;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Pulling;

/// <summary>
/// Pulls one profile's notifications from Service Bus, hands each change to its record's grain, and settles the message
/// by the answers.
/// </summary>
/// <remarks>
/// <code>
///              (a) receive      (b) decode       (c) apply            (d) merge
///   Service Bus ─────────► agent ─────────► change ────────► record grain ───────► batch writer ──► target SQL
///       ▲                    │                                                                          │
///       └────(e) settle──────┴◄──────────────────────────── answer ◄────────────────────────────────────┘
/// </code>
/// Settling comes last. A crash before (e) repeats the message and cannot lose it, and the fence in (d) makes the
/// repeat harmless.
/// </remarks>
internal sealed partial class NotificationPullingAgent(
    ServiceBusReceiver receiver,
    ProfileRuntime runtime,
    IGrainFactory grains,
    PullingAgentOptions options,
    TimeProvider clock,
    ILogger<NotificationPullingAgent> logger)
{
    private readonly NotificationDecoder _decoder = new(options.Decoding);
    private readonly DecodedNotification _decoded = new();

    // Elastic tables are written by pages and deltas alone: messages about them say nothing to this profile.
    private readonly TableCatalog _tables = new(
        runtime.Profile.Id,
        runtime.Route.Tables.Where(static table => !table.IsElastic),
        runtime.Profile.MaskKey);

    private readonly CreditLedger _credit = new(options.MessagesInFlightMax, options.BytesInFlightMax);
    private readonly MessageTraces _traces = new(runtime.Profile.Id);
    private readonly MessageLocks _locks = new(receiver, options.RenewBefore, clock, logger);
    private readonly MessageSettler _settler = new(receiver, options, runtime.Instruments, clock, logger);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDraining;
    private volatile bool _hasTakenAll;

    /// <summary>Pulls until it is stopped, then lets what is in flight end. Never throws.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var renewing = clock.CreateTimer(
            static locks => _ = ((MessageLocks)locks!).RenewAsync(),
            _locks,
            options.LocksInterval,
            options.LocksInterval);
        runtime.Instruments.Gauges.Watch(_credit);
        runtime.Credit = _credit;
        await using (new TargetGate(runtime.Batches, receiver))
        {
            await PullAsync(stopping);
        }

        // Without the gate: a target that comes back during the drain would give the credit out again.
        await DrainAsync();
        runtime.Instruments.Gauges.Unwatch(_credit);
        runtime.Credit = null;
    }

    private async Task PullAsync(CancellationToken stopping)
    {
        try
        {
            receiver.Grant(_credit.Take());
            while (await receiver.WaitToReadAsync(stopping))
            {
                while (receiver.TryRead(out var message))
                {
                    Take(message);                                                                     // (a)
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped: what has arrived is worked off by the drain.
        }
    }

    private void Take(ServiceBusReceivedMessage message)
    {
        _credit.Received(message.BodyBytes);
        runtime.Instruments.MessageReceived(message.BodyBytes);
        _locks.Add(message);
        _traces.Begin(message);
        var fault = Decode(message);                                                                   // (b)

        // Its changes are decoded and safe to keep: thousands of messages in flight need not keep their bodies as well.
        message.ReleaseBody();
        if (fault is not null)
        {
            runtime.Instruments.MessageUndecodable();
            _ = EndAsync(message, Settlement.DeadLetter(DeadLetterReason.Undecodable, fault));
        }
        else if (_decoded.OrganizationId != runtime.Profile.OrganizationId)
        {
            _ = EndAsync(message, Settlement.DeadLetter(
                DeadLetterReason.UnknownOrganization,
                $"Profile '{runtime.Profile.Name}' replicates organization {runtime.Profile.OrganizationId}, "
                + $"the message is of {_decoded.OrganizationId}"));
        }
        else
        {
            runtime.Instruments.MessageDecoded(_decoded.Changes.Count, _decoded.HasMojibake);
            TellUnnamed(message);
            _ = _decoded.Changes.Count == 1
                ? ApplyAsync(message, _decoded.Changes[0])
                : ApplyAllAsync(message, [.. _decoded.Changes]);
        }
    }

    /// <summary>Tells of records that a truncated message touched and that nobody can ask for.</summary>
    private void TellUnnamed(ServiceBusReceivedMessage message)
    {
        if (_decoded.HasUnnamedRecords)
        {
            runtime.Instruments.MessageUnnamed();
            LogUnnamed(message.SequenceNumber, _decoded.PrimaryEntityName);
        }
    }

    /// <summary>Decodes; what is wrong with the body, or <see langword="null"/>.</summary>
    private string? Decode(ServiceBusReceivedMessage message)
    {
        using var span = _traces.BeginPart(message, "decode");
        try
        {
            var body = new NotificationBody(message.Body, message.ContentType, IsTruncated(message));
            return _decoder.TryDecode(body, _tables, _decoded, out var fault) ? null : fault.ToString();
        }
        catch (Exception exception)
        {
            // A fault of the decoder's own, or properties encoded wrongly, must not end the pulling. Its text may
            // repeat values: its type is told.
            return $"The decoder failed: {exception.GetType().Name}";
        }
    }

    private async Task ApplyAsync(ServiceBusReceivedMessage message, RecordChange change)
    {
        var result = await AnswerAsync(message, change);
        await EndAsync(message, SettlementPolicy.Decide(result.Status));
    }

    private async Task ApplyAllAsync(ServiceBusReceivedMessage message, RecordChange[] changes)
    {
        var results = await Task.WhenAll(changes.Select(change => AnswerAsync(message, change).AsTask()));
        await EndAsync(message, SettlementPolicy.Decide(results));
    }

    private async ValueTask<ApplyResult> AnswerAsync(ServiceBusReceivedMessage message, RecordChange change)
    {
        using var span = _traces.BeginApply(message, change.Key);
        ApplyResult result;
        try
        {
            var record = grains.GetGrain<IRecordGrain>(change.Key.ToGrainKey());
            result = await record.ApplyAsync(change, CancellationToken.None);                          // (c), (d)
        }
        catch (Exception exception)
        {
            // No answer says nothing about the change: it may be committed or not. Let it come again.
            LogNoAnswer(exception, change.Key, message.SequenceNumber);
            result = ApplyResult.Unavailable(exception.Message);
        }

        _ = span?.SetTag("status", result.Status.ToString());
        var now = clock.GetUtcNow();
        runtime.Instruments.ChangeApplied(
            change.Key.Table, result.Status, now - message.EnqueuedTime, now.UtcDateTime - change.ModifiedOn);
        return result;
    }

    private async Task EndAsync(ServiceBusReceivedMessage message, Settlement settlement)
    {
        using (_traces.BeginPart(message, "settle"))
        {
            await _settler.SettleAsync(message, settlement);                                           // (e)
        }

        _traces.End(message, settlement);
        _locks.Remove(message);
        _credit.Settled(message.BodyBytes);
        if (!_isDraining)
        {
            Grant();
        }
        else if (_hasTakenAll && _credit.MessagesInFlight == 0)
        {
            _ = _drained.TrySetResult();
        }
    }

    private void Grant()
    {
        var credit = _credit.Take();
        if (credit > 0)
        {
            receiver.Grant(credit);
        }
    }

    /// <summary>Takes the credit back and waits for what is in flight. What is not settled then comes again.</summary>
    private async Task DrainAsync()
    {
        _isDraining = true;
        using var timeout = new CancellationTokenSource(options.DrainTimeout, clock);
        try
        {
            await receiver.PauseAsync(timeout.Token);
            while (receiver.TryRead(out var message))
            {
                Take(message);
            }

            _hasTakenAll = true;
            if (_credit.MessagesInFlight > 0)
            {
                await _drained.Task.WaitAsync(timeout.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogNotDrained(runtime.Profile.Id, _credit.MessagesInFlight);
        }
    }

    private static bool IsTruncated(ServiceBusReceivedMessage message) =>
        message.MayHaveApplicationProperty(NotificationBody.TruncatedPropertyNameUtf8)
        && message.ApplicationProperties.Keys.Any(static name =>
            name.Contains(NotificationBody.TruncatedPropertyName, StringComparison.Ordinal));

    [LoggerMessage(
        LogLevel.Warning,
        "Message {SequenceNumber} of table {Table} is truncated and does not name every record it changed: the next "
        + "delta sync brings them")]
    private partial void LogUnnamed(long sequenceNumber, string table);

    [LoggerMessage(LogLevel.Warning, "Record {Key}: no answer for message {SequenceNumber}, it will come again")]
    private partial void LogNoAnswer(Exception exception, RecordKey key, long sequenceNumber);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: stopped with {Messages} messages in flight, they come again")]
    private partial void LogNotDrained(string profile, int messages);
}
