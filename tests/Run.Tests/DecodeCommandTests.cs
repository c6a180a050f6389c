using System.Text.Json;
using DataExport.Run.Commands;
using DataExport.Sandbox;

namespace DataExport.Run.Tests;

public sealed class DecodeCommandTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dataexport-test-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Decode_NotificationOfACreate_PrintsOneJsonObject()
    {
        var body = new BodyCatcher();
        var sandbox = new DataverseSandbox(new DataverseSandboxOptions(), TimeProvider.System, body);
        var id = sandbox.Create(sandbox.Table("account"));

        var exitCode = await DecodeAsync(Write("create.json", body.Last));

        exitCode.ShouldBe(0);
        using var line = JsonDocument.Parse(_output.ToString());
        line.RootElement.GetProperty("table").GetString().ShouldBe("account");
        line.RootElement.GetProperty("id").GetGuid().ShouldBe(id);
        line.RootElement.GetProperty("kind").GetString().ShouldBe("create");
        line.RootElement.TryGetProperty("modifiedOn", out _).ShouldBeTrue();
        line.RootElement.GetProperty("columns").EnumerateObject().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Decode_CutOffBody_SaysWhereAndReturnsOne()
    {
        var exitCode = await DecodeAsync(Write("bad.json", "{\"MessageName\":"u8.ToArray()));

        exitCode.ShouldBe(1);
        _output.ToString().ShouldBeEmpty();
        _errors.ToString().ShouldContain("bad.json: byte ");
    }

    [Fact]
    public async Task Decode_FileThatIsNotThere_NamesItAndGoesOn()
    {
        var body = new BodyCatcher();
        var sandbox = new DataverseSandbox(new DataverseSandboxOptions(), TimeProvider.System, body);
        _ = sandbox.Create(sandbox.Table("contact"));

        var exitCode = await DecodeAsync(
            Path.Combine(_directory.FullName, "none.json"), Write("create.json", body.Last));

        exitCode.ShouldBe(1);
        _errors.ToString().ShouldContain("none.json");
        _output.ToString().ShouldContain("\"contact\"");
    }

    private Task<int> DecodeAsync(params string[] files) =>
        DecodeCommand.RunAsync(files, _output, _errors, CancellationToken.None);

    private string Write(string name, byte[] body)
    {
        var file = Path.Combine(_directory.FullName, name);
        File.WriteAllBytes(file, body);
        return file;
    }

    private sealed class BodyCatcher : INotificationSink
    {
        public byte[] Last { get; private set; } = [];

        public void Post(in Notification notification) => Last = notification.Body.ToArray();
    }
}
