using System.Text;

namespace DataExport.Sandbox.Tests;

/// <summary>The files themselves: whatever a crash leaves of them, what was whole before is there.</summary>
public sealed class QueueLogTests
{
    private static readonly QueueLogOptions _oneFile = new() { SegmentBytesMax = long.MaxValue };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Open_CutOffAtAnyByte_HoldsWhatWasWholeThere(int seed)
    {
        using var directory = new TestDirectory();
        var states = LogModel.Write(directory.Path, _oneFile, new Random(seed), records: 60);
        var whole = File.ReadAllBytes(OnlyFile(directory.Path));
        states[^1].Bytes.ShouldBe(whole.Length);

        for (var length = 0; length <= whole.Length; length++)
        {
            var expected = states.FindLast(state => state.Bytes <= length).Text ?? "";
            var cut = Path.Combine(directory.Path, "cut");
            File.WriteAllBytes(cut, whole[..length]);

            LogModel.Describe(Replay(cut)).ShouldBe(expected, $"cut off at byte {length}");
        }
    }

    [Fact]
    public void Open_TailIsTorn_GoesOnBehindWhatIsWhole()
    {
        using var directory = new TestDirectory();
        var states = LogModel.Write(directory.Path, _oneFile, new Random(4), records: 30);
        var file = OnlyFile(directory.Path);
        var whole = File.ReadAllBytes(file);

        for (var length = 0; length <= whole.Length; length += 13)
        {
            File.WriteAllBytes(file, whole[..length]);
            var added = LogModel.Message(1_000, "after the crash");
            using (var log = QueueLog.Open(directory.Path, _oneFile, new FakeClock()).Log)
            {
                log.Add([added]);
            }

            var recovered = Replay(file);
            recovered.Messages.Remove(1_000, out var found).ShouldBeTrue();
            Encoding.UTF8.GetString(found.Message.Bare.Span).ShouldBe("after the crash");
            LogModel.Describe(recovered).ShouldBe(states.FindLast(state => state.Bytes <= length).Text ?? "");
        }
    }

    [Fact]
    public void Open_AnyByteOfTheLastRecordIsChanged_DropsThatRecordAlone()
    {
        using var directory = new TestDirectory();
        var states = LogModel.Write(directory.Path, _oneFile, new Random(5), records: 20);
        var file = OnlyFile(directory.Path);
        var whole = File.ReadAllBytes(file);
        var before = states[^2];

        for (var index = (int)before.Bytes; index < whole.Length; index++)
        {
            var changed = whole.ToArray();
            changed[index] ^= 0x40;
            File.WriteAllBytes(file, changed);

            LogModel.Describe(Replay(file)).ShouldBe(before.Text, $"byte {index} changed");
        }
    }

    [Fact]
    public void Open_FileBeforeTheLastIsDamaged_SaysWhichAndWhere()
    {
        using var directory = new TestDirectory();
        using (var log = QueueLog.Open(directory.Path, new() { SegmentBytesMax = 1 }, new FakeClock()).Log)
        {
            log.Add([LogModel.Message(1, "one")]);
            log.Add([LogModel.Message(2, "two")]);
        }

        var first = Directory.GetFiles(directory.Path, "*.log").Order().First(file => new FileInfo(file).Length > 60);
        var bytes = File.ReadAllBytes(first);
        bytes[^1] ^= 1;
        File.WriteAllBytes(first, bytes);

        Should.Throw<IOException>(() => QueueLog.Open(directory.Path, _oneFile, new FakeClock()))
            .Message.ShouldContain(first);
    }

    [Fact]
    public void Open_DirectoryIsInUse_IsRefused()
    {
        using var directory = new TestDirectory();
        using var log = QueueLog.Open(directory.Path, _oneFile, new FakeClock()).Log;

        Should.Throw<IOException>(() => QueueLog.Open(directory.Path, _oneFile, new FakeClock()))
            .Message.ShouldContain(directory.Path);
    }

    [Fact]
    public void Open_AllMessagesGone_GivesNoNumberTwice()
    {
        using var directory = new TestDirectory();
        var options = new QueueLogOptions { SegmentBytesMax = 100 };
        using (var log = QueueLog.Open(directory.Path, options, new FakeClock()).Log)
        {
            for (var number = 1; number <= 50; number++)
            {
                var message = LogModel.Message(number, "gone");
                log.Add([message]);
                log.Remove(message);
                log.Commit();
                log.FindToClean().ShouldBeNull();
            }
        }

        Directory.GetFiles(directory.Path, "*.log").Length.ShouldBeLessThanOrEqualTo(2);
        var (reopened, recovered) = QueueLog.Open(directory.Path, options, new FakeClock());
        using var end = reopened;
        recovered.LastSequenceNumber.ShouldBe(50);
        recovered.Messages.ShouldBeEmpty();
    }

    [Fact]
    public void Remove_LastMessageOfAnEndedFile_LetsTheFileGo()
    {
        using var directory = new TestDirectory();
        using var log = QueueLog.Open(directory.Path, new() { SegmentBytesMax = 60 }, new FakeClock()).Log;
        var message = LogModel.Message(1, "one");
        log.Add([message]);
        var told = 0;
        log.CleaningDue = () => told++;

        log.Remove(message);

        told.ShouldBe(1);
        log.FindToClean().ShouldBeNull();
        new FileInfo(OnlyFile(directory.Path)).Length.ShouldBeLessThan(60);
    }

    [Fact]
    public void Clean_MuchGarbage_KeepsFilesSmallAndEveryMessageThatIsLeft()
    {
        using var directory = new TestDirectory();
        var options = new QueueLogOptions { SegmentBytesMax = 4_096 };
        var (log, recovered) = QueueLog.Open(directory.Path, options, new FakeClock());
        using var queue = new SandboxQueue("q", new SandboxQueueOptions(), new FakeClock(), log);
        queue.Restore(recovered);
        var kept = new List<long>();
        for (var number = 0; number < 5_000; number++)
        {
            var due = DateTimeOffset.UnixEpoch.AddYears(1_000);
            var sequenceNumber = queue.Enqueue(TestBus.Message($"{number}") with { ScheduledEnqueueTime = due });
            if (number % 50 == 0)
            {
                kept.Add(sequenceNumber);
            }
            else
            {
                queue.CancelScheduled([sequenceNumber]).ShouldBeTrue();
            }
        }

        queue.Clean();

        // A hundred messages of a hundred and twenty bytes; without cleaning it were seven hundred thousand.
        log.Bytes.ShouldBeLessThan(2 * 100 * 160 + (4 * options.SegmentBytesMax));
        queue.Dispose();
        var (reopened, again) = QueueLog.Open(directory.Path, options, new FakeClock());
        using var end = reopened;
        again.Messages.Keys.Order().ShouldBe(kept);
    }

    [Fact]
    public void Clean_CrashAfterEveryDeletedFile_LosesNothing()
    {
        using var directory = new TestDirectory();
        using var copies = new TestDirectory();
        var options = new QueueLogOptions { SegmentBytesMax = 512 };
        using var log = QueueLog.Open(directory.Path, options, new FakeClock()).Log;
        var live = new Dictionary<long, StoredMessage>();
        for (var number = 1; number <= 200; number++)
        {
            var message = LogModel.Message(number, $"{number}");
            log.Add([message]);
            if (number % 10 == 0)
            {
                live.Add(number, message);
                continue;
            }

            log.Remove(message);
            log.Commit();
        }

        while (log.FindToClean() is { } segment)
        {
            foreach (var message in live.Values.Where(message => message.Place == segment))
            {
                log.Put(message, isDead: false);
                log.Commit();
                LiveIn(directory.Path, copies.Path).ShouldBe(live.Keys);
            }

            LiveIn(directory.Path, copies.Path).ShouldBe(live.Keys);
        }

        LiveIn(directory.Path, copies.Path).ShouldBe(live.Keys);
    }

    /// <summary>Opens a copy of the files, as a start after a crash would.</summary>
    private static long[] LiveIn(string directory, string copies)
    {
        var copy = Directory.CreateDirectory(Path.Combine(copies, Guid.NewGuid().ToString("N"))).FullName;
        foreach (var file in Directory.GetFiles(directory, "*.log"))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var (log, recovered) = QueueLog.Open(copy, _oneFile, new FakeClock());
        log.Dispose();
        return [.. recovered.Messages.Keys.Order()];
    }

    private static string OnlyFile(string directory) => Directory.GetFiles(directory, "*.log").ShouldHaveSingleItem();

    private static RecoveredQueue Replay(string file)
    {
        var replay = new LogReplay();
        replay.Read(new LogSegment(1, file));
        return replay.Queue;
    }
}
