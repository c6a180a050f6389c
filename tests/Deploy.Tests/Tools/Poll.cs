namespace DataExport.Deploy.Tests.Tools;

/// <summary>Waits for what other programs do in their own time.</summary>
internal static class Poll
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Asks until there is an answer; fails with what <paramref name="explain"/> says when none comes.
    /// </summary>
    public static async Task<T> ForAsync<T>(Func<Task<T?>> ask, Func<string> explain)
        where T : class
    {
        var began = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(_interval);
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience.Limit)
            {
                throw new TimeoutException(explain());
            }

            _ = await timer.WaitForNextTickAsync();
        }
    }
}
