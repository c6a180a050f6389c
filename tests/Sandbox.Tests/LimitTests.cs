using System.Net;

namespace DataExport.Sandbox.Tests;

/// <summary>The three service protection limits, as a caller meets them.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Requests_BeyondTheLimit_AreRefusedUntilTheWindowHasPassed()
    {
        await using var fixture = await SandboxFixture.StartAsync(
            limits: new ServiceLimitOptions { RequestsMax = 3, Window = TimeSpan.FromSeconds(60) });

        using var first = await fixture.SendAsync("WhoAmI");
        fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        using var second = await fixture.SendAsync("WhoAmI");
        using var third = await fixture.SendAsync("WhoAmI");
        using var refused = await fixture.SendAsync("WhoAmI");
        fixture.Clock.Advance(TimeSpan.FromSeconds(39));
        using var early = await fixture.SendAsync("WhoAmI");
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await fixture.SendAsync("WhoAmI");

        first.Headers.GetValues("x-ms-ratelimit-burst-remaining-xrm-requests").ShouldBe(["2"]);
        first.Headers.GetValues("x-ms-dop-hint").ShouldBe(["8"]);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(40));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("0x80072322");
        early.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        fixture.Host.RequestsInsideRetryAfter.ShouldBe(1);
        fixture.Host.Refused(ServiceLimit.Requests).ShouldBe(2);
    }

    [Theory]
    [InlineData(ServiceLimit.Requests, "0x80072322")]
    [InlineData(ServiceLimit.Execution, "0x80072321")]
    [InlineData(ServiceLimit.Concurrency, "0x80072326")]
    public async Task Limit_Met_IsToldByItsCode(ServiceLimit limit, string code)
    {
        await using var fixture = await SandboxFixture.StartAsync();
        fixture.Host.Throttle(7, limit);

        using var refused = await fixture.SendAsync("WhoAmI");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await refused.Content.ReadAsStringAsync()).ShouldContain(code);
    }

    [Fact]
    public async Task Execution_BeyondTheLimit_IsRefused()
    {
        var limits = new ServiceLimitOptions
        {
            ExecutionMax = TimeSpan.FromMilliseconds(5),
            ExecutionAdded = TimeSpan.FromMilliseconds(10),
        };
        await using var fixture = await SandboxFixture.StartAsync(limits: limits, time: TimeProvider.System);

        using var first = await fixture.SendAsync("WhoAmI");
        using var refused = await fixture.SendAsync("WhoAmI");

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("0x80072321");
    }
}
