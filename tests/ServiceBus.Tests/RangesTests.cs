using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

public sealed class RangesTests
{
    [Fact]
    public void WriteAccepted_ConsecutiveIdsInAnyOrder_IsOneFrame()
    {
        var ids = Enumerable.Range(0, 2_000).Select(id => (uint)id).ToArray();
        new Random(5).Shuffle(ids);

        Write(ids).ShouldBe([(0u, 1_999u)]);
    }

    [Fact]
    public void WriteAccepted_IdsWithGaps_NamesNoIdThatWasNotAdded() =>
        Write([9, 1, 2, 5, 3]).ShouldBe([(1u, 3u), (5u, 5u), (9u, 9u)]);

    [Fact]
    public void WriteAccepted_IdsThatWrapAround_StayTogether() =>
        Write([1, uint.MaxValue, 0, uint.MaxValue - 1]).ShouldBe([(uint.MaxValue - 1, 1u)]);

    private static List<(uint First, uint Last)> Write(uint[] ids)
    {
        var ranges = new AmqpRanges(isReceiver: true, isSettled: false);
        foreach (var id in ids)
        {
            ranges.Add(id);
        }

        var buffer = new AmqpBuffer();
        ranges.WriteAccepted(buffer, 0);
        ranges.IsEmpty.ShouldBeTrue();
        return ReadFrames(buffer);
    }

    private static List<(uint First, uint Last)> ReadFrames(AmqpBuffer buffer)
    {
        var found = new List<(uint, uint)>();
        for (var rest = buffer.Span; !rest.IsEmpty;)
        {
            var size = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(rest);
            var reader = new AmqpReader(rest[AmqpFrame.HeadBytes..size]);
            reader.ReadDescriptor().ShouldBe(AmqpDescriptor.Disposition);
            var disposition = AmqpDisposition.Read(ref reader);
            disposition.Outcome.Kind.ShouldBe(AmqpOutcomeKind.Accepted);
            found.Add((disposition.First, disposition.Last));
            rest = rest[size..];
        }

        return found;
    }
}
