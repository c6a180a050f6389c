using System.Collections.Concurrent;
using System.Diagnostics;
using DataExport.Grains.Telemetry;
using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;
using DataExport.Silo.Pulling;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// The spans of the messages in flight that are traced. Kept beside the messages, so that those that are not, and all
/// of them while nobody listens, carry nothing.
/// </summary>
internal sealed class MessageTraces(string profile)
{
    // What senders that use Azure's own libraries write, and what the W3C names.
    private static readonly string[] s_parentProperties = ["Diagnostic-Id", "traceparent"];

    private readonly ConcurrentDictionary<ServiceBusReceivedMessage, Activity> _spans = new();

    /// <summary>(a) Begins the span of a message, below the trace that it came with, if sampling wants it.</summary>
    public void Begin(ServiceBusReceivedMessage message)
    {
        if (!PathTrace.IsOn)
        {
            return;
        }

        var around = Activity.Current;
        Activity.Current = null;
        var span = PathTrace.Source.StartActivity(PathTrace.Receive, ActivityKind.Consumer, ParentOf(message));

        // The agent's loop goes on to other messages in this same flow.
        Activity.Current = around;
        if (span is not { IsAllDataRequested: true })
        {
            span?.Dispose();
            return;
        }

        _ = span.SetTag("profile", profile)
            .SetTag("messaging.system", "servicebus")
            .SetTag("messaging.servicebus.sequence_number", message.SequenceNumber)
            .SetTag("messaging.servicebus.message.delivery_count", message.DeliveryCount)
            .SetTag("messaging.servicebus.message.enqueued_time", message.EnqueuedTime.ToUnixTimeSeconds())
            .SetTag("messaging.message.body.size", message.BodyBytes);
        _spans[message] = span;
    }

    /// <summary>Begins a part of a message's way, such as (b) decode or (e) settle. Null: it is not traced.</summary>
    public Activity? BeginPart(ServiceBusReceivedMessage message, string name) =>
        !_spans.IsEmpty && _spans.TryGetValue(message, out var span)
            ? PathTrace.Source.StartActivity(name, ActivityKind.Internal, span.Context)
            : null;

    /// <summary>(c) Begins the call of a change's grain, and sends the trace along with it.</summary>
    public Activity? BeginApply(ServiceBusReceivedMessage message, in RecordKey key)
    {
        if (BeginPart(message, "apply") is not { } span)
        {
            return null;
        }

        PathTrace.Send(span);
        return span.SetTag("table", key.Table);
    }

    /// <summary>(e) Ends the span of a message that left the silo.</summary>
    public void End(ServiceBusReceivedMessage message, in Settlement settlement)
    {
        if (!_spans.IsEmpty && _spans.TryRemove(message, out var span))
        {
            span.SetTag("settlement", settlement.Action.ToString()).Dispose();
        }
    }

    private static ActivityContext ParentOf(ServiceBusReceivedMessage message)
    {
        try
        {
            return ReadParent(message);
        }
        catch (AmqpDecodeException)
        {
            // Properties encoded wrongly make no trace, and must not end the pulling.
            return default;
        }
    }

    private static ActivityContext ReadParent(ServiceBusReceivedMessage message)
    {
        foreach (var name in s_parentProperties)
        {
            if (message.ApplicationProperties.TryGetValue(name, out var value)
                && ActivityContext.TryParse(value as string, null, isRemote: true, out var parent))
            {
                return parent;
            }
        }

        return default;
    }
}
