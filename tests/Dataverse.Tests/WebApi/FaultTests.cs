using System.Net;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.WebApi;

public sealed class FaultTests
{
    [Theory]
    [InlineData(429, "{'error':{'code':'0x80072322','message':'m'}}", SourceFault.Throttled)]
    [InlineData(503, "{'error':{'code':'0x80072321','message':'m'}}", SourceFault.Throttled)]
    [InlineData(400, "{'error':{'code':'0x80044352','message':'Version stamp…'}}", SourceFault.TokenExpired)]
    [InlineData(410, "{'error':{'message':'m','code':'0x80044352'}}", SourceFault.TokenExpired)]
    [InlineData(401, "", SourceFault.Forbidden)]
    [InlineData(403, "<html>no</html>", SourceFault.Forbidden)]
    [InlineData(404, "{'error':{'code':'','message':'secret name'}}", SourceFault.NotFound)]
    [InlineData(500, "{'error':{'code':5}}", SourceFault.Unavailable)]
    [InlineData(503, "", SourceFault.Unavailable)]
    [InlineData(400, "{'error':'secret name'}", SourceFault.Unavailable)]
    public async Task Refusal_ByStatusAndCode_IsFaultWithoutItsText(int status, string body, SourceFault expected)
    {
        var web = new FakeWebApi { Options = { Token = "s3cret" } }
            .Answer(body, (HttpStatusCode)status, retryAfterSeconds: 30);

        var fault = await Should.ThrowAsync<SourceException>(() => web.Open().GetOrganizationIdAsync(default));

        fault.Fault.ShouldBe(expected);
        fault.ToString().ShouldNotContain("secret name");
        fault.ToString().ShouldNotContain("s3cret");
        if (expected is SourceFault.Throttled)
        {
            fault.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task Network_Away_IsUnavailable()
    {
        var web = new FakeWebApi().AnswerWith(_ => throw new HttpRequestException("refused"));

        var fault = await Should.ThrowAsync<SourceException>(() => web.Open().GetOrganizationIdAsync(default));

        fault.Fault.ShouldBe(SourceFault.Unavailable);
        fault.Message.ShouldContain("org.example.com");
    }

    [Fact]
    public async Task Answer_AfterTimeout_IsUnavailableAndCancellationStaysCancellation()
    {
        var clock = new FakeClock();
        var web = new FakeWebApi()
            .AnswerWith(_ => Hanging(() => clock.Advance(TimeSpan.FromSeconds(120))))
            .AnswerWith(_ => Hanging(() => { }));
        var source = web.Open(clock);

        var fault = await Should.ThrowAsync<SourceException>(() => source.GetOrganizationIdAsync(default));
        await Should.ThrowAsync<OperationCanceledException>(
            () => source.GetOrganizationIdAsync(new CancellationToken(canceled: true)));

        fault.Message.ShouldContain("120 s");
    }

    [Theory]
    [InlineData("http://org.example.com")]
    [InlineData("ftp://org.example.com")]
    [InlineData("https://user:s3cret@org.example.com")]
    [InlineData("https://org.example.com/api/data")]
    [InlineData("org")]
    [InlineData("")]
    public void Open_AddressThatCannotBeUsed_SaysSoWithoutSecret(string url)
    {
        var fault = Should.Throw<ProfileException>(() => new FakeWebApi().Open(root: url));

        fault.Message.ShouldContain("SourceUrl");
        fault.Message.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080/")]
    [InlineData("https://org.crm.dynamics.com")]
    public void Open_HttpsOrLoopback_Opens(string url) => new FakeWebApi().Open(root: url).ShouldNotBeNull();

    [Fact]
    public async Task Answer_HeadersOfLimits_GoToTheBudget()
    {
        var clock = new FakeClock();
        var web = new FakeWebApi().AnswerWith(_ =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(250));
            var answer = new HttpResponseMessage { Content = new StringContent("{}") };
            answer.Headers.Add("x-ms-ratelimit-burst-remaining-xrm-requests", "5998");
            answer.Headers.Add("x-ms-ratelimit-time-remaining-xrm-requests", "1,199.87");
            answer.Headers.Add("x-ms-dop-hint", "10");
            return answer;
        });

        _ = await web.Open(clock).GetOrganizationIdAsync(default);

        web.Budgets.Host.ShouldBe("org.example.com");
        web.Budgets.Taken.ShouldBe([SourceWork.Sync]);
        web.Budgets.Uses.ShouldBe(
            [new SourceUse(TimeSpan.FromMilliseconds(250), 5998, TimeSpan.FromSeconds(1199.87), 10)]);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(null, 5)]
    [InlineData(0, 5)]
    public async Task Answer_Throttled_GoesToTheBudget(int? retryAfter, int seconds)
    {
        var web = new FakeWebApi().Answer("{}", HttpStatusCode.TooManyRequests, retryAfter);

        _ = await Should.ThrowAsync<SourceException>(() => web.Open().GetOrganizationIdAsync(default));

        web.Budgets.Uses.ShouldHaveSingleItem().RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    private static HttpResponseMessage Hanging(Action onRead) => new()
    {
        Content = new StreamContent(new HangingStream(onRead)),
    };

    /// <summary>A body that never comes; <paramref name="onRead"/> is called when somebody waits for it.</summary>
    private sealed class HangingStream(Action onRead) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var never = new TaskCompletionSource<int>();
            await using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
            onRead();
            return await never.Task;
        }
    }
}
