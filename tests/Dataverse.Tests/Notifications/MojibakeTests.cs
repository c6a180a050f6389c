using System.Text;
using DataExport.Dataverse.Notifications;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

public sealed class MojibakeTests
{
    /// <summary>Windows-1252 from 0x80; where it has no letter, the control of that number.</summary>
    private const string FromHex80 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    [Theory]
    [InlineData("é")]
    [InlineData("Zoë Müller, Försterweg 12")]
    [InlineData("100 €")]
    [InlineData("Zoë")]
    [InlineData("à Paris")]
    [InlineData("Ñandú")]
    [InlineData("12 °C ± 1")]
    [InlineData("Привет, мир")]
    [InlineData("ĢārūmžīmēšāūļōšĶKĢĻČņ")]
    [InlineData("“quoted”")]
    [InlineData("日本語")]
    [InlineData("😀 done")]
    [InlineData("São Paulo – IRMÃ")]
    [InlineData("ŽLUŤOUČKÝ KŮŇ")]
    public void Text_ReadAsWindows1252_IsTold(string text)
    {
        IsIn(text).ShouldBeFalse();
        IsIn(ReadAs1252(text)).ShouldBeTrue();
        IsIn($"before {ReadAs1252(text)} after").ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("é")]
    [InlineData("IRMÃ")]
    [InlineData("«IRMû")]
    [InlineData("MAÇÃ”, SÃO, Ã€ la carte é")]
    [InlineData("CAFÉ”")]
    [InlineData("CAFÉ…")]
    [InlineData("LE CAFÉ\u00A0!")]
    [InlineData("MNÍŠEK")]
    [InlineData("„Spaß“ und „Fuß“")]
    [InlineData("allé…”")]
    [InlineData("NESTLÉ®")]
    [InlineData("Maß² in Öß³")]
    [InlineData("â€")]
    [InlineData("Ã© und ž alone, Č")]
    [InlineData("日本語")]
    [InlineData("Привет")]
    public void Text_AsItWasWritten_IsNotTold(string text) => IsIn(text).ShouldBeFalse();

    [Fact]
    public void Text_OfInvalidUtf8_IsNotTold() => Mojibake.IsIn([0xC3, 0x83, 0xC2]).ShouldBeFalse();

    [Fact]
    public void Change_WithWronglyEncodedText_NamesItsColumns()
    {
        var attributes = string.Join(
            ',', Item("name", $"'{ReadAs1252("Zoë")}'"), Item("description", "'Zoë'"), Item("numberofemployees", "5"));
        var json = WithTarget("Update", attributes);

        foreach (var body in Forms(json))
        {
            var result = Decode(body);

            result.HasMojibake.ShouldBeTrue();
            result.MojibakeOf(0).ShouldBe(["name"]);
            Decode(Encoding.UTF8.GetBytes(WithTarget("Update", Item("description", "'Zoë'"))))
                .HasMojibake.ShouldBeFalse();
        }
    }

    [Fact]
    public void Change_WithWronglyEncodedFormattedValue_NamesItsColumn()
    {
        var formatted = $"'FormattedValues':[{Item("revenue", $"'{ReadAs1252("€100")}'")},{Item("name", "'€'")}],'Id'";
        var json = WithTarget("Update", Item("description", "'A'")).Replace("\"Id\"", formatted.Replace('\'', '"'));

        foreach (var body in Forms(json))
        {
            Decode(body).MojibakeOf(0).ShouldBe(["revenue"]);
        }
    }

    [SampleFact("messages")]
    public void Samples_ThatAreWronglyEncoded_AreTold()
    {
        Printed("messages/08-allfields-create-sync-webhook.json").ShouldEndWith("""
            "mojibake":["shko_currency"]}
            """.Trim());
        Printed("messages/11-account-create-mojibake-webhook.json").ShouldEndWith("""
            "mojibake":["name","new_name"]}
            """.Trim());
        Printed("messages/01-contact-create-async-servicebus.json").ShouldNotContain("mojibake");
    }

    private static bool IsIn(string text) => Mojibake.IsIn(Encoding.UTF8.GetBytes(text));

    private static string Printed(string sample)
    {
        var body = new NotificationBody(Samples.Read(sample));
        new NotificationPrinter().TryPrint(body, out var lines, out _).ShouldBeTrue();
        return lines.ShouldHaveSingleItem();
    }

    private static string ReadAs1252(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(LetterOf));

    private static char LetterOf(byte value) => value is >= 0x80 and < 0xA0 ? FromHex80[value - 0x80] : (char)value;
}
