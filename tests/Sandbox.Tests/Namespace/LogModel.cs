using System.Globalization;
using System.Text;

namespace DataExport.Sandbox.Tests;

/// <summary>Writes a log at random, and knows what is to be found in it.</summary>
internal static class LogModel
{
    /// <summary>Writes records of every kind; returns how far the file was after each, and what was there.</summary>
    public static List<(long Bytes, string Text)> Write(
        string directory, QueueLogOptions options, Random random, int records)
    {
        var model = new RecoveredQueue();
        var states = new List<(long Bytes, string Text)>();
        using var log = QueueLog.Open(directory, options, new FakeClock()).Log;
        for (var number = 1; number <= records; number++)
        {
            WriteOne(log, model, random, number);
            log.Commit();
            states.Add((log.Bytes, Describe(model)));
        }

        return states;
    }

    private static void WriteOne(QueueLog log, RecoveredQueue model, Random random, int number)
    {
        var some = model.Messages.Values.ElementAtOrDefault(random.Next(model.Messages.Count + 1));
        switch (random.Next(some.Message is null ? 2 : 6))
        {
            case 0:
                var state = new SessionStateRecord(Encoding.UTF8.GetBytes($"state {number}"), number);
                log.SetState("s" + (number % 3), state);
                model.SessionStates["s" + (number % 3)] = state;
                break;
            case 1:
                var message = Message(number, $"body {number}");
                message.State = number % 2 == 0 ? MessageState.Scheduled : MessageState.Ready;
                log.Add([message]);
                model.Messages[number] = (message, false);
                break;
            case 2:
                log.Remove(some.Message!);
                model.Messages.Remove(some.Message!.SequenceNumber);
                break;
            case 3:
                some.Message!.DeliveryCount++;
                log.Count(some.Message);
                break;
            case 4:
                some.Message!.IsDeferred = true;
                log.Put(some.Message, some.IsDead);
                break;
            default:
                var moved = Message(number, $"moved {some.Message!.SequenceNumber}");
                log.Put(moved, isDead: true, replaced: some.Message);
                model.Messages.Remove(some.Message.SequenceNumber);
                model.Messages[number] = (moved, true);
                break;
        }
    }

    public static StoredMessage Message(long number, string body) =>
        new(Encoding.UTF8.GetBytes(body), number, 1_000 + number)
        {
            DueMilliseconds = 7 * number,
            Extras = number % 3 == 0
                ? new MessageExtras { SessionId = $"s {number}", DeadLetterReason = "ü", Annotations = new byte[3] }
                : null,
        };

    public static string Describe(RecoveredQueue queue)
    {
        var text = new StringBuilder();
        foreach (var (number, (message, isDead)) in queue.Messages.OrderBy(entry => entry.Key))
        {
            var extras = message.Extras;
            var body = Encoding.UTF8.GetString(message.Bare.Span);
            text.Append(CultureInfo.InvariantCulture, $"{number} {body} {isDead} ")
                .Append(CultureInfo.InvariantCulture, $"{message.DeliveryCount} {message.IsDeferred} ")
                .Append(CultureInfo.InvariantCulture, $"{message.EnqueuedMilliseconds} {message.DueMilliseconds} ")
                .Append(CultureInfo.InvariantCulture, $"{message.State == MessageState.Scheduled} ")
                .Append(CultureInfo.InvariantCulture, $"{extras?.SessionId} {extras?.DeadLetterReason} ")
                .Append(CultureInfo.InvariantCulture, $"{extras?.Annotations.Length}\n");
        }

        foreach (var (id, state) in queue.SessionStates.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{id}: {Encoding.UTF8.GetString(state.State.Span)}\n");
        }

        return text.ToString();
    }
}
