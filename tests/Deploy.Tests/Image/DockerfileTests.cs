using System.Text.Json;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Image;

/// <summary>The image: what it is made from, as whom it runs, and that its publish command makes its program.</summary>
public sealed class DockerfileTests : IDisposable
{
    private readonly string _output = Directory.CreateTempSubdirectory("dataexport-image").FullName;

    public void Dispose() => Directory.Delete(_output, recursive: true);

    [Fact]
    public void Image_Stages_BuildWithTheSdkAndRunWithoutIt()
    {
        Dockerfile.Stages.Select(static stage => stage.Name).ShouldBe(["build", "silo"]);
        Dockerfile.Stages[0].From.ShouldEndWith("/sdk:10.0");
        Dockerfile.Stages[1].From.ShouldContain("/aspnet:10.0-");
        Dockerfile.Stages[1].From.ShouldEndWith("chiseled-extra");
        Step("COPY").ShouldStartWith("--from=build ");
    }

    [Fact]
    public void Image_User_IsANumberAndNotRoot() =>
        Step("USER").Split(':').ShouldAllBe(static id => uint.Parse(id, null) > 0);

    [Fact]
    public void Image_Build_IsOrleansUnlessSaidOtherwise() => Dockerfile.Stages[0].Steps
        .ShouldContain(("ARG", "GRAIN_RUNTIME=Orleans"));

    [Fact]
    public void Image_Context_HasNothingThatBuildsLeaveBehind()
    {
        var ignored = File.ReadAllLines(Repository.File(".dockerignore"));

        foreach (var left in new[] { "**/bin", "**/obj", "**/node_modules", ".git", "artifacts", "data" })
        {
            ignored.ShouldContain(left);
        }
    }

    [Fact]
    public async Task Publish_InTheDefaultBuild_MakesTheProgramOfTheEntryPoint()
    {
        var command = Dockerfile.Stages[0].Steps.Single(static step => step.Keyword == "RUN").Arguments
            .Replace("${GRAIN_RUNTIME}", "Embedded", StringComparison.Ordinal)
            .Replace("/app", _output, StringComparison.Ordinal)
            .Split(' ');

        var run = await ToolRun.RunAsync(Repository.Root, command[0], [.. command[1..], "-nodeReuse:false"]);

        run.ExitCode.ShouldBe(0, run.Said);
        var entryPoint = JsonSerializer.Deserialize<string[]>(Step("ENTRYPOINT"))!;
        entryPoint[0].ShouldBe("dotnet");
        File.Exists(Path.Combine(_output, entryPoint[1])).ShouldBeTrue();
        File.Exists(Path.ChangeExtension(Path.Combine(_output, entryPoint[1]), ".runtimeconfig.json")).ShouldBeTrue();
    }

    private static string Step(string keyword) =>
        Dockerfile.Stages[1].Steps.Single(step => step.Keyword == keyword).Arguments;
}
