using DataExport.Targets.Control;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataExport.Targets.Tests.Control;

public sealed class ControlOptionsTests
{
    private const string Secret = "hunter2";

    [Theory]
    [InlineData("oracle", "Data Source=x", null, "Control:Type", "sqlserver")]
    [InlineData(null, "Data Source=x", null, "Control:Type", "sqlserver")]
    [InlineData("postgres", null, null, "Control:Connection", "none")]
    [InlineData("postgres", "Password=" + Secret, null, "Control:Connection", "Host=")]
    [InlineData("postgres", "Nonsense=" + Secret, null, "Control:Connection", "Key=value")]
    [InlineData("postgres", "Host=db;Port=" + Secret, null, "Control:Connection", "Key=value")]
    [InlineData("sqlserver", "Password=" + Secret, null, "Control:Connection", "Server=")]
    [InlineData("sqlserver", "Nonsense=" + Secret, null, "Control:Connection", "Key=value")]
    [InlineData("sqlserver", "Server=db;Encrypt=" + Secret, null, "Control:Connection", "Key=value")]
    [InlineData("sqlite", "Nonsense=" + Secret, null, "Control:Connection", "Key=value")]
    [InlineData("sqlite", "Data Source=:memory:", null, "Control:Connection", "memory")]
    [InlineData("sqlite", "Data Source=x;Mode=ReadOnly", null, "Control:Connection", "ReadOnly")]
    [InlineData("sqlite", "Data Source=x", "sales", "Control:Schema", "Leave it out")]
    [InlineData("postgres", "Host=db", "a\"b", "Control:Schema", "letters")]
    [InlineData("sqlserver", "Server=db", "", "Control:Schema", "letters")]
    public void Options_ThatCannotWork_NameKeyAndRemedyAndNoSecret(
        string? type, string? connection, string? schema, string key, string remedy)
    {
        var fault = Should.Throw<OptionsValidationException>(() => Bind(type, connection, schema).Value);

        fault.Message.ShouldContain($"DataExport:{key}");
        fault.Message.ShouldContain(remedy);
        fault.ToString().ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("none", null, null)]
    [InlineData("SQLite", "Data Source=x", null)]
    [InlineData("postgres", "Host=db;Password=" + Secret, "Control")]
    [InlineData("sqlserver", "Server=db;Password=" + Secret, null)]
    public void Options_ThatWork_AreTaken(string type, string? connection, string? schema) =>
        Bind(type, connection, schema).Value.Type.ShouldBe(type);

    [Fact]
    public void CommandTimeout_OutOfRange_NamesItsKey()
    {
        var options = Bind("none", null, null, new() { ["DataExport:Control:CommandTimeout"] = "00:00:00" });

        Should.Throw<OptionsValidationException>(() => options.Value)
            .Message.ShouldContain("DataExport:Control:CommandTimeout");
    }

    private static IOptions<ControlDatabaseOptions> Bind(
        string? type, string? connection, string? schema, Dictionary<string, string?>? others = null)
    {
        var settings = new Dictionary<string, string?>(others ?? [])
        {
            ["DataExport:Control:Type"] = type,
            ["DataExport:Control:Connection"] = connection,
            ["DataExport:Control:Schema"] = schema,
        };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        _ = services.AddControlDatabase();
        return services.BuildServiceProvider().GetRequiredService<IOptions<ControlDatabaseOptions>>();
    }
}
