using DataExport.Run.Commands;
using DataExport.Run.Hosting;

namespace DataExport.Run.Tests;

public sealed class CommandLineTests
{
    private readonly SharedSwitches _shared = new();
    private readonly OnceSwitches _once = new();

    [Fact]
    public void Once_WithoutAnythingElse_HasDefaults()
    {
        var options = ReadOnce("--once");

        options.Rows.ShouldBe(20_000);
        options.Changes.ShouldBe(20_000);
        options.Seed.ShouldBe(1);
        options.Pace.ShouldBe(0, "the silo decides how fast it goes");
        options.Tables.ShouldBeEmpty();
    }

    [Fact]
    public void Once_EverySwitch_IsRead()
    {
        var options = ReadOnce(
            "--once", "--rows", "1000", "--changes", "500", "--seed", "42", "--chaos", "--json",
            "--table", "account", "--table", "contact", "--changes-per-second", "12.5", "--chaos-window", "100");

        options.Rows.ShouldBe(1_000);
        options.Changes.ShouldBe(500);
        options.Seed.ShouldBe(42);
        options.Chaos.ShouldBeTrue();
        options.Json.ShouldBeTrue();
        options.Tables.ShouldBe(["account", "contact"]);
        options.Source.ShouldBe(new SandboxSource());
        options.Pace.ShouldBe(12.5);
        options.ChaosLimits.ReorderWindow.ShouldBe(100);
    }

    [Fact]
    public void Source_OfEveryKind_IsRead()
    {
        ReadOnce("--once", "--data", "a").Source.ShouldBe(new SandboxSource(Data: "a"));
        ReadOnce("--once", "--metadata", "b").Source.ShouldBe(new SandboxSource(Metadata: "b"));
        _shared.ReadLive(RootWith(_shared).Parse(["--data", "a"])).Source.ShouldBe(new SandboxSource(Data: "a"));
    }

    [Fact]
    public void Chaos_WithoutAPace_SpreadsTheChangesOverItsTime()
    {
        var options = ReadOnce("--once", "--changes", "3000", "--chaos", "--chaos-seconds", "10");

        options.Pace.ShouldBe(300);
    }

    [Theory]
    [InlineData(1_000_000, 10_000)]
    [InlineData(800, 100)]
    [InlineData(0, 2)]
    public void Chaos_Window_LetsMessagesArriveBeforeTheLastChange(long changes, int window) =>
        (ReadOnce("--once", "--chaos") with { Changes = changes }).ShuffleWindow.ShouldBe(window);

    [Fact]
    public void Live_WithoutAnythingElse_Makes50ChangesASecond()
    {
        var parsed = RunCommand.Create(TimeProvider.System).Parse([]);

        parsed.Errors.ShouldBeEmpty();
        _shared.ReadLive(RootWith(_shared).Parse([])).ChangesPerSecond.ShouldBe(50);
    }

    [Theory]
    [InlineData("--chaos")]
    [InlineData("--json")]
    [InlineData("--once --rows -1")]
    [InlineData("--once --rows many")]
    [InlineData("--nonsense")]
    [InlineData("decode")]
    [InlineData("sandbox --amqp-port x")]
    [InlineData("--data a --metadata b")]
    [InlineData("--once --data a --rows 5")]
    [InlineData("sandbox --data a --rows 5")]
    public void CommandLine_Fault_IsAnError(string line) =>
        RunCommand.Create(TimeProvider.System).Parse(line.Split(' ')).Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("--rows 5 --changes-per-second 0")]
    [InlineData("--once --rows 1000 --changes 1000 --chaos --json")]
    [InlineData("sandbox --amqp-port 5672 --http-port 8081 --queue a --queue b")]
    [InlineData("--data a")]
    [InlineData("--once --data a --changes 5 --chaos --table account")]
    [InlineData("--once --metadata b --rows 5")]
    [InlineData("sandbox --metadata b --rows 5")]
    [InlineData("silo")]
    [InlineData("silo --DataExport:Silo:DataDirectory=x")]
    [InlineData("decode one.json two.json")]
    public void CommandLine_Sound_HasNoErrors(string line) => RunCommand.Create(TimeProvider.System)
        .Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Errors.ShouldBeEmpty();

    private DataExport.Run.Once.OnceOptions ReadOnce(params string[] args) =>
        _once.Read(RootWith(_shared).Parse(args), _shared);

    private System.CommandLine.RootCommand RootWith(SharedSwitches shared)
    {
        var root = new System.CommandLine.RootCommand();
        foreach (var option in shared.All.Concat(_once.All))
        {
            root.Options.Add(option);
        }

        return root;
    }
}
