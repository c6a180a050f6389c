using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Pulling;

/// <summary>
/// How many more messages the bus may send, so that neither the messages nor the bytes in flight pass their limit.
/// Counts only; who receives does the granting. Thread-safe.
/// </summary>
/// <remarks>
/// A message's size is known only when it is here, so credit is given for the average of those seen. The limit can be
/// passed by what is under way with larger bodies than that, at most one round of credit.
/// </remarks>
internal sealed class CreditLedger(int messagesMax, long bytesMax) : ICreditState
{
    // Dataverse's usual notification; the average of what really comes takes over within a few messages.
    private const double FirstGuessBytes = 8 * 1024;
    private const double AverageWeight = 1.0 / 64;

    private const double NearlyAll = 0.75;

    private readonly Lock _gate = new();
    private double _averageBytes = FirstGuessBytes;
    private int _granted;
    private int _messages;
    private long _bytes;

    /// <inheritdoc/>
    public int MessagesGranted
    {
        get
        {
            lock (_gate)
            {
                return _granted;
            }
        }
    }

    public int MessagesInFlight
    {
        get
        {
            lock (_gate)
            {
                return _messages;
            }
        }
    }

    /// <summary>Whether nearly as much is in flight as may be: more waits at the bus, or soon will.</summary>
    public bool IsNearlyUsedUp
    {
        get
        {
            lock (_gate)
            {
                return _messages >= messagesMax * NearlyAll || _bytes >= bytesMax * NearlyAll;
            }
        }
    }

    /// <summary>A message arrived for credit given before.</summary>
    public void Received(int bodyBytes)
    {
        lock (_gate)
        {
            _granted--;
            _messages++;
            _bytes += bodyBytes;
            _averageBytes += (bodyBytes - _averageBytes) * AverageWeight;
        }
    }

    /// <summary>A message left.</summary>
    public void Settled(int bodyBytes)
    {
        lock (_gate)
        {
            _messages--;
            _bytes -= bodyBytes;
        }
    }

    /// <summary>Takes the credit that may be granted now, and counts it as granted.</summary>
    public int Take()
    {
        lock (_gate)
        {
            var byBytes = (bytesMax - _bytes) / Math.Max(1, _averageBytes);
            var places = (int)Math.Min(messagesMax - _messages, byBytes) - _granted;

            // One message must always be able to come, or a body over the limit would stop the agent for ever.
            places = Math.Max(places, _messages + _granted == 0 ? 1 : 0);
            _granted += Math.Max(0, places);
            return Math.Max(0, places);
        }
    }
}
