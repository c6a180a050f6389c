using System.Security.Cryptography;
using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

public sealed class PolicyTests
{
    private static readonly ServiceBusClientOptions Options = new();

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(1, 0.1)]
    [InlineData(2, 0.2)]
    [InlineData(5, 1.6)]
    [InlineData(9, 25.6)]
    [InlineData(10, 30)]
    [InlineData(int.MaxValue, 30)]
    public void DelayAfter_FailuresInARow_DoublesUpToTheLongest(int failures, double seconds) =>
        ReconnectPolicy.DelayAfter(Options, failures, null).TotalSeconds.ShouldBe(seconds, 1e-6);

    [Fact]
    public void DelayAfter_ServiceIsBusy_WaitsAtLeastTenSeconds()
    {
        var busy = new AmqpProtocolException(AmqpCondition.ServerBusy, "50009");

        ReconnectPolicy.DelayAfter(Options, 1, busy).ShouldBe(TimeSpan.FromSeconds(10));
        ReconnectPolicy.DelayAfter(Options, 20, busy).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("com.microsoft:message-lock-lost", ServiceBusFailureReason.MessageLockLost)]
    [InlineData("com.microsoft:server-busy", ServiceBusFailureReason.ServiceBusy)]
    [InlineData("com.microsoft:timeout", ServiceBusFailureReason.ServiceTimeout)]
    [InlineData("com.microsoft:entity-disabled", ServiceBusFailureReason.MessagingEntityDisabled)]
    [InlineData("amqp:unauthorized-access", ServiceBusFailureReason.Unauthorized)]
    [InlineData("amqp:resource-limit-exceeded", ServiceBusFailureReason.QuotaExceeded)]
    [InlineData("amqp:link:message-size-exceeded", ServiceBusFailureReason.MessageSizeExceeded)]
    [InlineData("amqp:link:detach-forced", ServiceBusFailureReason.ServiceCommunicationProblem)]
    [InlineData("amqp:internal-error", ServiceBusFailureReason.GeneralError)]
    public void ReasonOf_Condition_IsItsMeaning(string condition, ServiceBusFailureReason reason) =>
        ServiceBusErrors.ReasonOf(condition).ShouldBe(reason);

    [Theory]
    [InlineData("statusCode", 200, null)]
    [InlineData("status-code", 202, null)]
    [InlineData("statusCode", 410, ServiceBusFailureReason.MessageLockLost)]
    [InlineData("status-code", 401, ServiceBusFailureReason.Unauthorized)]
    [InlineData("statusCode", 503, ServiceBusFailureReason.ServiceBusy)]
    [InlineData("other", 200, ServiceBusFailureReason.GeneralError)]
    public void OfAnswer_StatusCode_IsItsMeaning(string name, int code, ServiceBusFailureReason? reason)
    {
        var answer = new AmqpExchange { Properties = new Dictionary<string, object?> { [name] = code } };

        ServiceBusErrors.OfAnswer(answer)?.Reason.ShouldBe(reason!.Value);
        (ServiceBusErrors.OfAnswer(answer) is null).ShouldBe(reason is null);
    }

    [Fact]
    public void Create_Audience_IsSignedWithTheKeyAsText()
    {
        var token = SharedAccessToken.Create(
            "sb://ns/Queue", "Root", "a+b=", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));

        var expected = Convert.ToBase64String(HMACSHA256.HashData(
            "a+b="u8, Encoding.UTF8.GetBytes("sb%3A%2F%2Fns%2FQueue\n1700000000")));
        token.ShouldBe("SharedAccessSignature sr=sb%3A%2F%2Fns%2FQueue&sig=" + Uri.EscapeDataString(expected)
            + "&se=1700000000&skn=Root");
    }
}
