using DataExport.Silo.Hosting;
using DataExport.Silo.Pulling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Tests.Pulling;

public sealed class NotificationSectionTests
{
    [Fact]
    public void Section_OfDecoding_ReachesThePullingAgents()
    {
        var options = Pulling(new()
        {
            ["DataExport:Notifications:BodyBytesMax"] = "2048",
            ["DataExport:Pulling:MessagesInFlightMax"] = "7",
        });

        options.Value.Decoding.BodyBytesMax.ShouldBe(2048);
        options.Value.MessagesInFlightMax.ShouldBe(7);
    }

    [Theory]
    [InlineData("DataExport:Notifications:DepthMax", "2", "between 16 and 1000")]
    [InlineData("DataExport:Pulling:MessagesInFlightMax", "0", "between 1 and 100000")]
    public void Section_WithALimitOutOfRange_IsRefusedByItsKey(string key, string value, string expected)
    {
        var options = Pulling(new() { [key] = value });

        var refused = Should.Throw<OptionsValidationException>(() => options.Value);

        refused.Message.ShouldContain(key);
        refused.Message.ShouldContain(expected);
    }

    private static IOptions<PullingAgentOptions> Pulling(Dictionary<string, string?> settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddNotificationPulling()
            .BuildServiceProvider()
            .GetRequiredService<IOptions<PullingAgentOptions>>();
}
