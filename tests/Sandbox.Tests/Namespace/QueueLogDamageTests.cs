namespace DataExport.Sandbox.Tests;

/// <summary>Damage is told from what a crash cuts off: there are records behind it, which must not go unsaid.</summary>
public sealed class QueueLogDamageTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Open_AnyByteOfTheSecondOfManyRecordsIsChanged_SaysWhichFileAndByteAndLeavesItAsItIs()
    {
        var states = LogModel.Write(_directory.Path, new QueueLogOptions(), new Random(6), records: 30);
        var file = OnlyFile();
        var whole = File.ReadAllBytes(file);
        var (second, third) = (states[0].Bytes, states[1].Bytes);

        for (var index = second; index < third; index++)
        {
            var changed = whole.ToArray();
            changed[index] ^= 0x40;
            File.WriteAllBytes(file, changed);

            Should.Throw<IOException>(Open).Message.ShouldContain($"{file} is damaged at byte {second}.");
            File.ReadAllBytes(file).ShouldBe(changed);
        }
    }

    [Fact]
    public void Open_DamagedFileIsCutOffWhereItSays_GoesOnWithWhatIsBefore()
    {
        var states = LogModel.Write(_directory.Path, new QueueLogOptions(), new Random(7), records: 30);
        var file = OnlyFile();
        var changed = File.ReadAllBytes(file);
        changed[(int)states[9].Bytes + 20] ^= 1;
        File.WriteAllBytes(file, changed);
        Should.Throw<IOException>(Open);

        File.WriteAllBytes(file, changed[..(int)states[9].Bytes]);

        LogModel.Describe(Open()).ShouldBe(states[9].Text);
    }

    [Fact]
    public void Open_HugeTailLooksLikeRecordsAndIsNone_StopsRatherThanSearchingForHours()
    {
        LogModel.Write(_directory.Path, new QueueLogOptions(), new Random(8), records: 3);
        var file = OnlyFile();
        var bytes = new FileInfo(file).Length;

        // Every ninth byte begins what says that it is 2 MiB long.
        var tail = new byte[4 * 1024 * 1024];
        for (var at = 0; at + 9 <= tail.Length; at += 9)
        {
            (tail[at + 2], tail[at + 8]) = (0x20, (byte)LogRecordKind.Put);
        }

        using (var stream = new FileStream(file, FileMode.Append))
        {
            stream.Write(tail);
        }

        Should.Throw<IOException>(Open).Message.ShouldContain($"byte {bytes}.");
    }

    [Fact]
    public async Task CreateQueue_FileIsTorn_LogsFileByteAndBytesDropped()
    {
        var directory = Directory.CreateDirectory(
            Path.Combine(_directory.Path, "queues", QueueDirectory.NameOf("orders"))).FullName;
        var states = LogModel.Write(directory, new QueueLogOptions(), new Random(9), records: 10);
        var file = Directory.GetFiles(directory, "*.log").Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^3]);
        var log = new LogLines();

        var options = new ServiceBusNamespaceOptions { DataDirectory = _directory.Path };
        await using (var bus = new ServiceBusNamespace(options, new FakeClock(), log))
        {
            bus.CreateQueue("orders");
        }

        var dropped = states[^1].Bytes - states[^2].Bytes - 3;
        log.Lines.ShouldBe(
        [
            $"Warning: Queue orders: {file} was cut off by a crash at byte {states[^2].Bytes}; {dropped} bytes are "
            + "dropped",
        ]);
        new FileInfo(file).Length.ShouldBe(states[^2].Bytes);
    }

    private string OnlyFile() => Directory.GetFiles(_directory.Path, "*.log").ShouldHaveSingleItem();

    private RecoveredQueue Open()
    {
        var (log, recovered) = QueueLog.Open(_directory.Path, new QueueLogOptions(), new FakeClock());
        log.Dispose();
        return recovered;
    }
}
