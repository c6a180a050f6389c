using System.Text.Json;
using DataExport.Silo.FailedRecords;

namespace DataExport.Silo.Tests.FailedRecords;

public sealed class JsonLinesFailedRecordLogTests : IDisposable
{
    private static readonly RecordKey _key = new("a1", "account", new Guid("80a2c641-4c79-e611-80df-c4346baca9e4"));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dataexport-test-");
    private readonly FailedRecordLogOptions _options = new();

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Append_Entry_IsOnTheDiskWhenTheTaskEnds()
    {
        using var log = Open();

        await log.AppendAsync(_key, ChangeKind.Update, "Too long: name, 200.", CancellationToken.None);

        using var entry = JsonDocument.Parse(ReadLines().ShouldHaveSingleItem());
        entry.RootElement.GetProperty("profile").GetString().ShouldBe("a1");
        entry.RootElement.GetProperty("table").GetString().ShouldBe("account");
        entry.RootElement.GetProperty("recordId").GetGuid().ShouldBe(_key.RecordId);
        entry.RootElement.GetProperty("kind").GetString().ShouldBe("Update");
        entry.RootElement.GetProperty("time").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);
        entry.RootElement.GetProperty("reason").GetString().ShouldBe("Too long: name, 200.");
        log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Append_ReasonOfSeveralLines_StaysOneLine()
    {
        using var log = Open();

        await log.AppendAsync(_key, null, "one\ntwo \"three\"", CancellationToken.None);

        ReadLines().ShouldHaveSingleItem().ShouldContain("one\\ntwo");
    }

    [Fact]
    public async Task Append_LongReason_IsCut()
    {
        _options.ReasonCharactersMax = 10;
        using var log = Open();

        await log.AppendAsync(_key, null, new string('x', 1_000), CancellationToken.None);

        ReadLines().ShouldHaveSingleItem().ShouldContain("\"xxxxxxxxxx\"");
    }

    [Fact]
    public async Task Append_ManyAtOnce_KeepsEveryLineWhole()
    {
        using var log = Open();

        await Parallel.ForEachAsync(Enumerable.Range(0, 50), async (number, token) =>
            await log.AppendAsync(_key, ChangeKind.Create, $"{number}", token));

        ReadLines().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("reason").GetString())
            .ShouldBe(Enumerable.Range(0, 50).Select(number => $"{number}"), ignoreOrder: true);
        log.Count.ShouldBe(50);
    }

    [Fact]
    public async Task Append_AfterARestart_GoesOnInTheSameFile()
    {
        using (var first = Open())
        {
            await first.AppendAsync(_key, null, "first", CancellationToken.None);
        }

        using var second = Open();
        await second.AppendAsync(_key, null, "second", CancellationToken.None);

        ReadLines().Length.ShouldBe(2);
        second.Count.ShouldBe(1, "it counts since the silo started");
    }

    [Fact]
    public async Task Append_AfterACrashThatCutALineOff_BeginsALineOfItsOwn()
    {
        await File.WriteAllTextAsync(FileName(0), "{\"profile\":\"a1\",\"tab");
        using var log = Open();

        await log.AppendAsync(_key, null, "whole", CancellationToken.None);

        var lines = ReadLines();
        lines.Length.ShouldBe(2);
        JsonDocument.Parse(lines[1]).RootElement.GetProperty("reason").GetString().ShouldBe("whole");
    }

    [Fact]
    public async Task Append_MoreThanTheFilesHold_DropsTheOldest()
    {
        _options.FileBytesMax = 400;
        _options.FilesMax = 3;
        using var log = Open();

        for (var number = 0; number < 40; number++)
        {
            await log.AppendAsync(_key, null, $"entry {number:00}", CancellationToken.None);
        }

        _directory.GetFiles().Length.ShouldBe(3);
        _directory.GetFiles().ShouldAllBe(file => file.Length <= _options.FileBytesMax);
        (await File.ReadAllTextAsync(FileName(0))).ShouldContain("entry 39");
        File.Exists(FileName(2)).ShouldBeTrue();
        log.Count.ShouldBe(40);
    }

    private JsonLinesFailedRecordLog Open() => new(_directory.FullName, "a1", _options, TimeProvider.System);

    private string[] ReadLines() => File.ReadAllLines(FileName(0));

    private string FileName(int age) =>
        Path.Combine(_directory.FullName, age == 0 ? "a1.jsonl" : $"a1.{age}.jsonl");
}
