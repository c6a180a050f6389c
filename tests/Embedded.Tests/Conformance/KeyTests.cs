namespace DataExport.Embedded.Tests;

/// <summary>Keys of every kind, and the text that they have in a grain id.</summary>
public sealed class KeyTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private static readonly Guid s_guid = new("0F8FAD5B-d9cb-469f-a165-70867728950E");

    [Fact]
    public async Task GuidKey_IsThirtyTwoDigits_AndComesBack()
    {
        var grain = cluster.Grains.GetGrain<IGuidKeyGrain>(s_guid);

        grain.GetPrimaryKey().ShouldBe(s_guid);
        (await grain.GetAsync()).ShouldBe(
            new KeyView("guidkey/0f8fad5bd9cb469fa16570867728950e", s_guid.ToString(), null));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(7, "7")]
    [InlineData(255, "FF")]
    [InlineData(-1, "FFFFFFFFFFFFFFFF")]
    [InlineData(long.MaxValue, "7FFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, "8000000000000000")]
    public async Task IntegerKey_IsItsHexadecimalDigits_AndComesBack(long key, string text)
    {
        var grain = cluster.Grains.GetGrain<IIntegerKeyGrain>(key);

        grain.GetPrimaryKeyLong().ShouldBe(key);
        (await grain.GetAsync()).ShouldBe(new KeyView($"integerkey/{text}", $"{key}", null));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with+plus/and slash")]
    [InlineData("Ünïcode ✓")]
    public async Task CompoundKeys_ComeBackInBothParts(string extension)
    {
        var byGuid = cluster.Grains.GetGrain<IGuidPairGrain>(s_guid, extension);
        var byInteger = cluster.Grains.GetGrain<IIntegerPairGrain>(-2, extension, null);

        byGuid.GetPrimaryKey(out var guidExtension).ShouldBe(s_guid);
        guidExtension.ShouldBe(extension);
        byInteger.GetPrimaryKeyLong(out var integerExtension).ShouldBe(-2);
        integerExtension.ShouldBe(extension);
        (await byGuid.GetAsync()).ShouldBe(
            new KeyView($"guidpair/0f8fad5bd9cb469fa16570867728950e+{extension}", $"{s_guid}", extension));
        (await byInteger.GetAsync()).ShouldBe(
            new KeyView($"integerpair/FFFFFFFFFFFFFFFE+{extension}", "-2", extension));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void CompoundKey_WithoutItsText_IsRefused(string? extension)
    {
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<IGuidPairGrain>(s_guid, extension!));
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<IIntegerPairGrain>(1, extension!));
    }

    [Fact]
    public void Key_AskedForAsWhatItIsNot_IsAnError()
    {
        var text = cluster.Grains.GetGrain<ICallGrain>("no number");

        Should.Throw<InvalidOperationException>(() => text.GetPrimaryKeyLong());
        Should.Throw<InvalidOperationException>(() => text.GetPrimaryKey());
        cluster.Grains.GetGrain<IGuidKeyGrain>(s_guid).GetPrimaryKeyString()
            .ShouldBe("0f8fad5bd9cb469fa16570867728950e");
        cluster.Grains.GetGrain<IIntegerKeyGrain>(0x0102030405060708).GetPrimaryKey()
            .ShouldBe(new Guid("00000000-0000-0000-0807-060504030201"));
    }

    [Fact]
    public async Task GrainId_LeadsToTheGrainItNames()
    {
        var grain = cluster.Grains.GetGrain<IIntegerKeyGrain>(42);
        var again = cluster.Grains.GetGrain<IIntegerKeyGrain>(GrainId.Create("integerkey", "2A"));

        (await again.GetActivationAsync()).ShouldBe(await grain.GetActivationAsync());
        again.ShouldBe(grain);
    }
}
