namespace DataExport.ServiceBus;

/// <summary>Decides how long to wait before a connection or a link is made again.</summary>
internal static class ReconnectPolicy
{
    private const int DoublingsMax = 30;

    /// <summary>Doubles with every failure in a row, up to the longest. So there is no tight loop.</summary>
    /// <param name="options">The shortest and the longest wait.</param>
    /// <param name="failures">Failures in a row; 0 after a link that was attached.</param>
    /// <param name="last">What failed last, or null.</param>
    public static TimeSpan DelayAfter(ServiceBusClientOptions options, int failures, Exception? last)
    {
        var delay = options.ReconnectDelay * Math.Pow(2, Math.Clamp(failures - 1, 0, DoublingsMax));
        if (delay > options.ReconnectDelayMax)
        {
            delay = options.ReconnectDelayMax;
        }

        // The service throttles the whole namespace: whoever asks sooner makes it worse.
        var isBusy = last is not null
            && ServiceBusErrors.ToException(last).Reason is ServiceBusFailureReason.ServiceBusy;
        return isBusy && delay < options.BusyDelay ? options.BusyDelay : delay;
    }
}
