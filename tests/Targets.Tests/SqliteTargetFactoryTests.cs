using DataExport.Grains.Ports;
using DataExport.Targets.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataExport.Targets.Tests;

public sealed class SqliteTargetFactoryTests
{
    private const string Secret = "hunter2";

    [Fact]
    public async Task Open_SqliteProfile_OpensATargetWithoutTouchingTheDisk()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".db");

        await using var target = Factory().Open(Profile($"Data Source={file}"));

        target.ShouldNotBeNull();
        File.Exists(file).ShouldBeFalse();
    }

    [Theory]
    [InlineData("oracle", "Data Source=x.db", "dbo", "crm", "DestinationType")]
    [InlineData("sqlite", null, "dbo", "crm", "DestinationConnection")]
    [InlineData("sqlite", "Nonsense=" + Secret, "dbo", "crm", "DestinationConnection")]
    [InlineData("sqlite", "Data Source=:memory:", "dbo", "crm", "memory")]
    [InlineData("sqlite", "Data Source=x.db;Mode=ReadOnly", "dbo", "crm", "ReadOnly")]
    [InlineData("sqlite", "Data Source=x.db;Password=" + Secret, "dbo", "crm", "Password")]
    [InlineData("sqlite", "Data Source=x.db", "sales", "crm", "DestinationSchemaName")]
    [InlineData("sqlite", "Data Source=x.db", "dbo", "crm_", "DestinationPrefix")]
    [InlineData("sqlite", "Data Source=x.db", "dbo", "abcdefghijklmno", "DestinationPrefix")]
    public void Open_ProfileThatCannotWork_NamesTheFieldAndNoSecret(
        string type, string? connection, string schema, string prefix, string expected)
    {
        var profile = Profile(connection) with
        {
            DestinationType = type, DestinationSchemaName = schema, DestinationPrefix = prefix,
        };

        var fault = Should.Throw<ProfileException>(() => Factory().Open(profile));

        fault.Message.ShouldContain(expected);
        fault.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public void Open_LimitOutOfRange_NamesItsKeyAndWhatItMayBe()
    {
        var factory = Factory(new() { ["DataExport:Sqlite:AskRowsMax"] = "0" });

        var fault = Should.Throw<OptionsValidationException>(() => factory.Open(Profile("Data Source=x.db")));

        fault.Message.ShouldContain("DataExport:Sqlite:AskRowsMax");
        fault.Message.ShouldContain("between 1 and 100000");
    }

    private static ITargetFactory Factory(Dictionary<string, string?>? settings = null) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddTargets()
        .BuildServiceProvider()
        .GetRequiredService<ITargetFactory>();

    private static ExportProfile Profile(string? connection) => new()
    {
        DestinationType = "sqlite", DestinationConnection = connection, DestinationPrefix = "crm",
    };
}
