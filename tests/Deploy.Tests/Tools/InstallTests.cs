namespace DataExport.Deploy.Tests.Tools;

/// <summary>
/// What <c>.ci/debian.sh</c> leaves behind of an installation: the package, and no service that starts. Programs of the
/// test's own stand in for Debian's.
/// </summary>
public sealed class InstallTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("install-").FullName;

    public InstallTests()
    {
        WriteProgram("systemctl", """
            [ "$2" = list-unit-files ] && sed 's/$/ enabled enabled/' "$HERE/units"
            [ "$2" = disable ] && echo "$*" >"$HERE/disabled"
            exit 0
            """);
        File.WriteAllText(PathOf("units"), "a.service\nz.socket\n");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 1", 1)]
    [InlineData("kill -TERM $PPID", 143)]
    public async Task Install_HoweverItEnds_PutsBackThePolicyThatWasThere(string end, int exitCode)
    {
        const string theirs = "#!/bin/sh\nexit 104\n";
        WriteAptGet(end);
        File.WriteAllText(PathOf("policy-rc.d"), theirs);

        var run = await InstallAsync();

        run.ExitCode.ShouldBe(exitCode, run.Said);
        File.ReadAllText(PathOf("asked")).ShouldStartWith("101\n");
        File.ReadAllText(PathOf("policy-rc.d")).ShouldBe(theirs);
        File.Exists(PathOf("policy-rc.d.kept")).ShouldBeFalse();
    }

    [Fact]
    public async Task Install_NoPolicyThere_LeavesNone()
    {
        WriteAptGet("exit 0");

        (await InstallAsync()).ExitCode.ShouldBe(0);

        File.ReadAllText(PathOf("asked")).ShouldBe("101\n");
        File.Exists(PathOf("policy-rc.d")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Install_OneBeforeWasKilled_LeavesWhatThatOneFound(bool hadPolicy)
    {
        // Killed without a chance to clear up: bash and this apt-get at once.
        WriteAptGet("kill -KILL $PPID");
        if (hadPolicy)
        {
            File.WriteAllText(PathOf("policy-rc.d"), "theirs");
        }

        (await InstallAsync()).ExitCode.ShouldBe(137);
        File.ReadAllText(PathOf("policy-rc.d")).ShouldContain("exit 101");
        WriteAptGet("exit 0");

        (await InstallAsync()).ExitCode.ShouldBe(0);

        File.Exists(PathOf("policy-rc.d")).ShouldBe(hadPolicy);
        if (hadPolicy)
        {
            File.ReadAllText(PathOf("policy-rc.d")).ShouldBe("theirs");
        }
    }

    [Fact]
    public async Task Install_PackageEnablesUnits_DisablesTheseAndNoOthers()
    {
        WriteAptGet("printf 'a.service\\nb.service\\nm.socket\\nz.socket\\n' >\"$HERE/units\"");

        (await InstallAsync()).ExitCode.ShouldBe(0);

        File.ReadAllText(PathOf("disabled")).ShouldBe("--root=/ disable --quiet b.service m.socket\n");
    }

    [Theory]
    [InlineData("need-kubectl")]
    [InlineData("need-prometheus")]
    [InlineData("need-rabbitmq")]
    public void Scripts_ThatInstall_DoItThere(string script)
    {
        var text = File.ReadAllText(Repository.File(".ci", script));

        text.ShouldContain("/debian.sh\"\ninstall_package ");
        text.ShouldNotContain("apt-get install");
    }

    private Task<ToolRun> InstallAsync() => ToolRun.RunAsync(
        Repository.Root,
        "bash",
        "-c",
        """
        set -euo pipefail
        export HERE=$1 PATH="$1:$PATH"
        source .ci/debian.sh
        as_root=() policy=$1/policy-rc.d
        install_package some-package
        """,
        "bash",
        _directory);

    private void WriteAptGet(string end) => WriteProgram("apt-get", $"""
        [ "$1" = update ] && exit 0
        "$HERE/policy-rc.d" some-service start
        echo $? >>"$HERE/asked"
        {end}
        """);

    private void WriteProgram(string name, string text)
    {
        File.WriteAllText(PathOf(name), $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string PathOf(string name) => Path.Combine(_directory, name);
}
