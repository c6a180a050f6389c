using System.CommandLine;
using DataExport.Run.Commands;

namespace DataExport.Run.Tests;

public sealed class PlanSwitchesTests
{
    [Theory]
    [InlineData("--address http://localhost:5000 --key k", "", "", true)]
    [InlineData("", "http://localhost:5000;http://other", "k", true)]
    [InlineData("--key k", "http://localhost:5000", "", true)]
    [InlineData("--address http://localhost:5000", "", "", false)]
    [InlineData("--key k", "", "", false)]
    [InlineData("--key k", "http://+:5000", "", false)]
    public void Silo_NamedOnTheLineOrInTheEnvironment_IsAsked(string line, string url, string key, bool isNamed)
    {
        var switches = new PlanSwitches();
        var command = new RootCommand();
        foreach (var option in switches.All)
        {
            command.Options.Add(option);
        }

        var parsed = command.Parse($"--profile sales {line}");
        var open = () => switches.Silo.OpenClient(parsed, name => name == "ASPNETCORE_URLS" ? url : key);

        if (isNamed)
        {
            open().Dispose();
        }
        else
        {
            Should.Throw<RunException>(() => open()).Message.ShouldContain("DataExport__Api__Key");
        }
    }
}
