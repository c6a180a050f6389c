namespace DataExport.ServiceBus.Tests;

public sealed class MessageBuffersTests
{
    private readonly MessageBuffers _buffers = new();

    [Theory]
    [InlineData(0, 1_024)]
    [InlineData(1_024, 1_024)]
    [InlineData(1_025, 1_280)]
    [InlineData(2_048, 2_048)]
    [InlineData(2_310, 2_560)]
    [InlineData(8_000, 8_192)]
    [InlineData(262_144, 262_144)]
    [InlineData(262_145, 262_145)]
    public void Rent_Length_IsHeld(int length, int expected) => _buffers.Rent(length).Length.ShouldBe(expected);

    [Fact]
    public void Rent_AfterReturn_GivesTheSameBuffer()
    {
        var buffer = _buffers.Rent(5_000);
        _buffers.Return(buffer);

        _buffers.Rent(5_100).ShouldBeSameAs(buffer);
        _buffers.Rent(5_100).ShouldNotBeSameAs(buffer);
    }

    [Fact]
    public void Return_BeyondWhatIsKept_LetsTheBufferGo()
    {
        var buffers = Enumerable.Range(0, 100).Select(_ => _buffers.Rent(200_000)).ToHashSet();
        foreach (var buffer in buffers)
        {
            _buffers.Return(buffer);
        }

        // 8 MiB of 224 KiB each.
        Enumerable.Range(0, 100).Count(_ => buffers.Contains(_buffers.Rent(200_000))).ShouldBe(36);
    }
}
