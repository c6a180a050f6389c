namespace DataExport.ServiceBus.Tests;

public sealed class ConnectionStringTests
{
    private const string Key = "SharedAccessKeyName=Root;SharedAccessKey=c2VjcmV0==";

    [Theory]
    [InlineData("Endpoint=sb://ns.servicebus.windows.net/;" + Key, "ns.servicebus.windows.net", 5671, false)]
    [InlineData("endpoint = sb://ns.servicebus.windows.net ; " + Key + ";", "ns.servicebus.windows.net", 5671, false)]
    [InlineData("Endpoint=sb://localhost;" + Key + ";UseDevelopmentEmulator=true;", "localhost", 5672, true)]
    [InlineData("Endpoint=sb://localhost:7000;" + Key + ";UseDevelopmentEmulator=TRUE", "localhost", 7000, true)]
    [InlineData("Endpoint=sb://localhost:7000;" + Key + ";UseDevelopmentEmulator=maybe", "localhost", 7000, false)]
    public void Parse_GoodString_GivesItsParts(string text, string host, int port, bool emulator)
    {
        var properties = ServiceBusConnectionStringProperties.Parse(text);

        properties.FullyQualifiedNamespace.ShouldBe(host);
        properties.Port.ShouldBe(port);
        properties.UseDevelopmentEmulator.ShouldBe(emulator);
        properties.SharedAccessKeyName.ShouldBe("Root");
        properties.SharedAccessKey.ShouldBe("c2VjcmV0==");
    }

    [Fact]
    public void Parse_SignatureAndEntityPath_GivesThem()
    {
        var properties = ServiceBusConnectionStringProperties.Parse(
            "Endpoint=sb://ns/;SharedAccessSignature=SharedAccessSignature sr=a&sig=b;EntityPath=orders");

        properties.SharedAccessSignature.ShouldBe("SharedAccessSignature sr=a&sig=b");
        properties.EntityPath.ShouldBe("orders");
    }

    [Theory]
    [InlineData(Key, "Endpoint")]
    [InlineData("Endpoint=;" + Key, "Endpoint")]
    [InlineData("Endpoint=sb://;" + Key, "Endpoint")]
    [InlineData("Endpoint=sb://ns;SharedAccessKey=secret", "SharedAccessKeyName")]
    [InlineData("Endpoint=sb://ns;SharedAccessKeyName=Root", "SharedAccessKey")]
    [InlineData("Endpoint=sb://ns;" + Key + ";SharedAccessSignature=secret", "SharedAccessSignature")]
    [InlineData("Endpoint=sb://ns;" + Key + ";SharedAccessKey=secret", "SharedAccessKey")]
    [InlineData("Endpoint=sb://ns;" + Key + ";secret", "Key=Value")]
    public void Parse_BadString_NamesThePartAndNeverTheSecret(string text, string part)
    {
        var error = Should.Throw<FormatException>(() => ServiceBusConnectionStringProperties.Parse(text));

        error.Message.ShouldContain(part);
        error.Message.ShouldNotContain("secret");
        error.Message.ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public void ToString_Always_HidesCredentials() =>
        ServiceBusConnectionStringProperties.Parse("Endpoint=sb://ns/;" + Key).ToString().ShouldBe("sb://ns:5671");
}
