using DataExport.Grains.Ports;
using DataExport.Targets.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Targets.Tests.SqlServer;

public sealed class SqlServerTargetFactoryTests
{
    private const string Secret = "hunter2";
    private const string Server = "Server=tcp:sql.example.com;Database=crm;";
    private const string Login = $"User ID=writer;Password={Secret};";

    [Fact]
    public void WhyNot_DriversException_SaysWhatItIsAndNothingOfItsText() =>
        SqlServerSessions.WhyNot(new InvalidOperationException($"Server=sql.example.com;Password={Secret}"))
            .ShouldBe("The client answered InvalidOperationException.");

    [Theory]
    [InlineData("sqlserver", Server + Login)]
    [InlineData("SqlAzure", Server + Login)]
    [InlineData("sqlserver", "Data Source=sql.example.com;Initial Catalog=crm;Integrated Security=True")]
    [InlineData("sqlserver", Server + "Authentication=Active Directory Managed Identity")]
    [InlineData("sqlserver", Server + "Authentication=Active Directory Managed Identity;User ID=0f8fad5b-d9cb-469f")]
    [InlineData("sqlserver", Server + "Authentication=Active Directory Workload Identity")]
    [InlineData("sqlserver", Server + "Authentication=Active Directory Default")]
    [InlineData("sqlserver", Server + "Authentication=Active Directory Service Principal;" + Login)]
    public async Task Open_ConnectionThatCanWork_AsksNoServer(string type, string connection)
    {
        await using var target = Factory().Open(Profile(connection) with { DestinationType = type });

        target.ShouldBeOfType<SqlServerTarget>();
    }

    [Theory]
    [InlineData(null, "DestinationConnection is missing")]
    [InlineData("Nonsense=" + Secret, "cannot be read")]
    [InlineData("Context Connection=True;Password=" + Secret, "cannot be read")]
    [InlineData("Database=crm;" + Login, "Server")]
    [InlineData("Server=sql.example.com;" + Login, "Database")]
    [InlineData(Server + Login + "AttachDbFilename=c:\\" + Secret + ".mdf", "AttachDbFilename")]
    [InlineData(Server + Login + "MultipleActiveResultSets=True", "MultipleActiveResultSets")]
    [InlineData(Server + Login + "User Instance=True", "User Instance")]
    [InlineData(Server + Login + "ApplicationIntent=ReadOnly", "ReadOnly")]
    [InlineData(Server + "Authentication=Active Directory Interactive;User ID=" + Secret, "signs in")]
    [InlineData(Server + "User ID=" + Secret, "Password")]
    [InlineData(Server + Login + "Connect Timeout=" + Secret, "cannot be read")]
    public void Open_ConnectionThatCannotWork_NamesTheFaultAndNoSecret(string? connection, string expected)
    {
        var fault = Should.Throw<ProfileException>(() => Factory().Open(Profile(connection)));

        fault.Message.ShouldContain(expected);
        fault.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public void ReadConnection_Plain_TakesNoPartInForeignTransactionsAndNamesItself()
    {
        var builder = new SqlConnectionStringBuilder(SqlServerTargetFactory.ReadConnection(Server + Login));

        builder.Enlist.ShouldBeFalse();
        builder.Pooling.ShouldBeTrue();
        builder.MultipleActiveResultSets.ShouldBeFalse();
        builder.ApplicationName.ShouldBe("DataExport");
    }

    [Fact]
    public void ReadConnection_ApplicationNamed_KeepsIt()
    {
        var connection = SqlServerTargetFactory.ReadConnection(Server + Login + "Application Name=Ours");

        new SqlConnectionStringBuilder(connection).ApplicationName.ShouldBe("Ours");
    }

    private static ITargetFactory Factory() => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddTargets()
        .BuildServiceProvider()
        .GetRequiredService<ITargetFactory>();

    private static ExportProfile Profile(string? connection) => new()
    {
        DestinationType = "sqlserver", DestinationConnection = connection, DestinationPrefix = "crm",
    };
}
