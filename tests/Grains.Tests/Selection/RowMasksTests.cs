using System.Security.Cryptography;
using System.Text;
using DataExport.Grains.Selection;

namespace DataExport.Grains.Tests.Selection;

/// <summary>What stands in the place of values that are hidden.</summary>
public sealed class RowMasksTests
{
    private const string Key = "a key of 16 letters";

    [Fact]
    public void Hash_IsKeyedAndTheSameForTheSameValue()
    {
        var hash = Hide("Ann", MaskKind.Hash, length: 100);

        hash.ShouldBe(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), "Ann"u8)));
        Hide("Ann", MaskKind.Hash, length: 100).ShouldBe(hash);
        Hide("ann", MaskKind.Hash, length: 100).ShouldNotBe(hash);
        Hide("Ann", MaskKind.Hash, length: 100, key: "another key of 24 letters").ShouldNotBe(hash);
        Hide("Ann", MaskKind.Hash, length: 20).ShouldBe(hash![..20]);
        Hide("Ann", MaskKind.Hash, length: 0).ShouldBe(hash);
    }

    [Theory]
    [InlineData(100, "***")]
    [InlineData(2, "**")]
    [InlineData(0, "***")]
    public void Mask_OfText_IsAsterisksAsFarAsTheyFit(int length, string expected) =>
        Hide("Ann", MaskKind.Mask, length).ShouldBe(expected);

    [Theory]
    [InlineData(MaskKind.Mask)]
    [InlineData(MaskKind.Hash)]
    public void Nothing_StaysNothing(MaskKind kind) => Hide(null, kind, length: 100).ShouldBeNull();

    [Fact]
    public void ColumnThatWasNotSent_IsNotAdded()
    {
        var table = Table(MaskKind.Mask, 100);
        var builder = new ColumnValuesBuilder();
        new RowMasks(table, Key).Apply(builder);

        builder.Build(table.Layout).TryGet(0, out _).ShouldBeFalse();
    }

    [Fact]
    public void Hash_WithoutKey_IsRefused() =>
        Should.Throw<ProfileException>(() => new RowMasks(Table(MaskKind.Hash, 100), null));

    private static string? Hide(string? value, MaskKind kind, int length, string key = Key)
    {
        var table = Table(kind, length);
        var builder = new ColumnValuesBuilder();
        if (value is null)
        {
            builder.AddNull(0);
        }
        else
        {
            builder.AddText(0, Encoding.UTF8.GetBytes(value));
        }

        new RowMasks(table, key).Apply(builder);
        var values = builder.Build(table.Layout);
        values.Encoded.IndexOf("Ann"u8).ShouldBe(-1, "what is hidden must not be in the buffer either");
        values.TryGet(0, out var hidden).ShouldBeTrue();
        return hidden.IsNull ? null : hidden.ToString();
    }

    private static TableDefinition Table(MaskKind kind, int length) => FilterTable.Definition with
    {
        Columns = [new ColumnDefinition { Name = "name", Type = ColumnType.Text, MaxLength = length }],
        Masks = [new ColumnMask("name", kind)],
    };
}
