using DataExport.Grains.Ports;
using DataExport.Grains.Tables;

namespace DataExport.Grains.Loops;

/// <summary>How long to wait after trouble with the source. Pure.</summary>
internal static class RetryBackoff
{
    // 2^16 first delays are longer than any longest delay that the options take.
    private const int DoublingsMax = 16;

    // Beyond this a header is a mistake, and beyond 49 days no timer takes it.
    private static readonly TimeSpan s_retryAfterMax = TimeSpan.FromHours(1);

    /// <summary>What the source asked for, else twice as long with each failure in a row.</summary>
    public static TimeSpan DelayAfter(Exception exception, int failuresBefore, TableSyncOptions options)
    {
        // A time that has passed already, or none at all, is no advice: asking at once and again would be a tight loop.
        if (exception is SourceException { RetryAfter: { } retryAfter } && retryAfter > TimeSpan.Zero)
        {
            return retryAfter < s_retryAfterMax ? retryAfter : s_retryAfterMax;
        }

        var doubled = options.RetryDelay * Math.Pow(2, Math.Min(failuresBefore, DoublingsMax));
        return doubled < options.RetryDelayMax ? doubled : options.RetryDelayMax;
    }
}
