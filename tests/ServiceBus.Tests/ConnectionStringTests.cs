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

    [Theory]
    [InlineData("Endpoint=sb://ns;SharedAccessKeyName=Root;c2VjcmV0=;EntityPath=q", "Part 3 ")]
    [InlineData("Endpoint=sb://ns;SharedAccessKeyName=Root;c2VjcmV0==;EntityPath=q", "Part 3 ")]
    [InlineData("Endpoint=sb://ns;SharedAccessKeyName=Root;SharedAccessKey=AbC;c2VjcmV0=", "Part 4 ")]
    [InlineData("Endpoint=sb://ns;SharedAccessKeyName=Root;SharedAccessKey=AbC;c2VjcmV0==", "Part 4 ")]
    [InlineData("Endpoint=sb://ns;SharedAccessKeyName=Root;SharedAccessKey=AbC;c2VjcmV0", "Part 4 ")]
    [InlineData("Endpoint=sb://ns;=c2VjcmV0;SharedAccessKeyName=Root;SharedAccessKey=AbC", "Part 2 ")]
    public void Parse_PartOfAKeyAlone_TellsItsPlaceAndLength(string text, string place)
    {
        var error = Should.Throw<FormatException>(() => ServiceBusConnectionStringProperties.Parse(text));

        error.Message.ShouldContain(place);
        error.Message.ShouldContain(text.Split(';').Single(part => part.Contains("c2VjcmV0")).Length + " characters");
        error.ToString().ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public void Parse_UnknownPartTwice_NamesNeither()
    {
        var error = Should.Throw<FormatException>(() => ServiceBusConnectionStringProperties.Parse(
            "Endpoint=sb://ns;c2VjcmV0=1;c2VjcmV0=1;SharedAccessKey=AbC"));

        error.Message.ShouldBe("The connection string has a SharedAccessKey and no SharedAccessKeyName.");
    }

    [Fact]
    public void Parse_PartsOfOtherClients_AreIgnored() => ServiceBusConnectionStringProperties
        .Parse("Endpoint=sb://ns;" + Key + ";OperationTimeout=00:01:00;TransportType=Amqp").Port.ShouldBe(5671);

    [Theory]
    [InlineData("Endpoint=sb://ns", "neither SharedAccessKeyName and SharedAccessKey nor a SharedAccessSignature")]
    [InlineData("Endpoint=sb://ns;SharedAccessKeyName=Root", "SharedAccessKeyName and no SharedAccessKey")]
    [InlineData("Endpoint=sb://ns;SharedAccessKey=secret", "SharedAccessKey and no SharedAccessKeyName.")]
    public void Parse_CredentialsAreMissing_SaysWhich(string text, string expected) =>
        Should.Throw<FormatException>(() => ServiceBusConnectionStringProperties.Parse(text))
            .Message.ShouldContain(expected);

    [Fact]
    public void ToString_Always_HidesCredentials() =>
        ServiceBusConnectionStringProperties.Parse("Endpoint=sb://ns/;" + Key).ToString().ShouldBe("sb://ns:5671");
}
