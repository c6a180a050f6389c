namespace DataExport.Sandbox;

/// <summary>What goes wrong with requests of the Web API.</summary>
internal sealed class RequestFaults(FaultPlan plan, ServiceLimits limits, DeltaTokens tokens, TimeProvider clock)
{
    private const int SlowMillisecondsMax = 300;

    private static readonly (SandboxFaults Fault, ServiceLimit Limit)[] Throttles =
    [
        (SandboxFaults.ThrottleRequests, ServiceLimit.Requests),
        (SandboxFaults.ThrottleTime, ServiceLimit.Execution),
        (SandboxFaults.ThrottleConcurrency, ServiceLimit.Concurrency),
    ];

    /// <summary>What happens before limits are looked at: the caller may be asked to wait from here on.</summary>
    public void BeforeRequest()
    {
        foreach (var (fault, limit) in Throttles)
        {
            if (plan.Happens(fault, times: 150))
            {
                limits.Throttle(limit, TimeSpan.FromSeconds(1 + plan.Draw(2)));
            }
        }

        if (plan.Happens(SandboxFaults.TokenExpiry, times: 400))
        {
            tokens.ExpireAll();
        }
    }

    /// <summary>A refusal instead of an answer, or <see langword="null"/>.</summary>
    public ApiAnswer? Refuse() =>
        plan.Happens(SandboxFaults.Forbidden, times: 80)
            ? JsonAnswer.Error(403, ErrorCodes.PrivilegeDenied, "Principal user is missing prvReadEntity privilege.")
        : plan.Happens(SandboxFaults.Unavailable, times: 60)
            ? JsonAnswer.Error(503, ErrorCodes.Unavailable, "The service is unavailable.")
        : null;

    /// <summary>Waits before the answer.</summary>
    public Task SlowDownAsync(CancellationToken cancellationToken) =>
        plan.Happens(SandboxFaults.Slow, times: 8)
            ? Task.Delay(TimeSpan.FromMilliseconds(plan.Draw(SlowMillisecondsMax)), clock, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Whether an answer ends in the middle.</summary>
    public bool CutsOff() => plan.Happens(SandboxFaults.Unavailable, times: 60);
}
