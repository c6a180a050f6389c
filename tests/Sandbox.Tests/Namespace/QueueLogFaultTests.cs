using DataExport.ServiceBus;

namespace DataExport.Sandbox.Tests;

/// <summary>A disk that refuses a write: what was refused is not there, and what was taken is.</summary>
public sealed class QueueLogFaultTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly FullDisk _disk = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_DiskIsFullPartwayAndTheFileEnds_StartsWithWhatWasTaken(bool refusesCuts)
    {
        using (var log = Open(new QueueLogOptions { SegmentBytesMax = 200 }))
        {
            log.Add([LogModel.Message(1, "one")]);
            _disk.RefusesWrites = true;
            _disk.RefusesCuts = refusesCuts;
            Should.Throw<ServiceBusException>(() => log.Add(Batch(10, 20)));

            // Room again: this one ends the file, and what was left of the others must not stand behind it.
            _disk.RefusesWrites = false;
            _disk.RefusesCuts = false;
            log.Add([LogModel.Message(2, new string('b', 200))]);
            log.Add([LogModel.Message(3, "three")]);
        }

        Recovered().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Add_WhatWasLeftCannotBeCutOff_IsRefusedUntilItCan()
    {
        using (var log = Open(new QueueLogOptions()))
        {
            log.Add([LogModel.Message(1, "one")]);
            _disk.RefusesWrites = true;
            _disk.RefusesCuts = true;
            Should.Throw<ServiceBusException>(() => log.Add(Batch(10, 11)));
            _disk.RefusesWrites = false;

            Should.Throw<ServiceBusException>(() => log.Add([LogModel.Message(2, "two")]));

            _disk.RefusesCuts = false;
        }

        Recovered().ShouldBe([1]);
        new FileInfo(Directory.GetFiles(_directory.Path, "*.log").Single()).Length.ShouldBeLessThan(120);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_FlushFails_NothingOfItComesWithTheNextStart(bool goesOn)
    {
        using (var log = Open(new QueueLogOptions { FlushInterval = TimeSpan.Zero }))
        {
            log.Add([LogModel.Message(1, "one")]);
            _disk.RefusesFlushes = true;

            Should.Throw<ServiceBusException>(() => log.Add(Batch(10, 20)));

            _disk.RefusesFlushes = false;
            if (goesOn)
            {
                log.Add([LogModel.Message(2, "two")]);
            }
        }

        Recovered().ShouldBe(goesOn ? [1, 2] : [1]);
    }

    [Fact]
    public void Commit_FlushFails_WritesTheSameOnceMoreWithTheNext()
    {
        var message = LogModel.Message(1, "one");
        long bytes;
        using (var log = Open(new QueueLogOptions { FlushInterval = TimeSpan.Zero }))
        {
            log.Add([message]);
            bytes = log.Bytes;
            log.Remove(message);
            _disk.RefusesFlushes = true;
            Should.Throw<ServiceBusException>(log.Commit);
            log.Bytes.ShouldBe(bytes);

            _disk.RefusesFlushes = false;
            log.Commit();
            log.Bytes.ShouldBe(bytes + 17);
        }

        Recovered().ShouldBeEmpty();
    }

    private QueueLog Open(QueueLogOptions options) =>
        QueueLog.Open(_directory.Path, options, new FakeClock(), _disk).Log;

    private static StoredMessage[] Batch(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(number => LogModel.Message(number, "refused"))];

    private long[] Recovered()
    {
        var (log, recovered) = QueueLog.Open(_directory.Path, new QueueLogOptions(), new FakeClock());
        log.Dispose();
        return [.. recovered.Messages.Keys.Order()];
    }
}
