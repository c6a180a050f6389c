namespace DataExport.Grains.Tests;

public sealed class RecordKeyTests
{
    [Fact]
    public void Parse_GrainKey_GivesTheKeyBack()
    {
        var key = new RecordKey("0123456789abcdef", "account", Guid.NewGuid());

        RecordKey.Parse(key.ToGrainKey()).ShouldBe(key);
    }

    [Fact]
    public void Parse_GrainKeyOfASet_GivesTheKeyBack()
    {
        var key = new RecordKey("0123456789abcdef", "teammembership", Guid.NewGuid(), "teamid");

        key.ToGrainKey().ShouldEndWith("/teamid");
        RecordKey.Parse(key.ToGrainKey()).ShouldBe(key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("p//0123456789abcdef0123456789abcdef")]
    [InlineData("p/t/0123456789abcdef0123456789abcdef/")]
    [InlineData("p/t/0123456789abcdef0123456789abcdefx")]
    [InlineData("p/t")]
    [InlineData("p/t/not-an-id")]
    [InlineData("/t/0123456789abcdef0123456789abcdef")]
    public void Parse_OtherText_SaysWhatIsExpected(string text) =>
        Should.Throw<FormatException>(() => RecordKey.Parse(text)).Message.ShouldContain("profile/table/record id");
}
