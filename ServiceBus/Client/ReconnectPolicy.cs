namespace DataExport.ServiceBus;

/// <summary>How long to wait before a connection or a link is made again.</summary>
internal static class ReconnectPolicy
{
    /// <summary>Doubles with every failure in a row up to the longest. A wait never is zero: no tight loops.</summary>
    public static TimeSpan DelayAfter(ServiceBusClientOptions options, int failures)
    {
        var factor = Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return options.ReconnectDelay * factor is var delay && delay < options.ReconnectDelayMax
            ? delay
            : options.ReconnectDelayMax;
    }

    public static Task DelayAsync(
        ServiceBusClientOptions options, int failures, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Delay(DelayAfter(options, failures), clock, cancellationToken);
}
