using System.Text;
using System.Text.Unicode;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Xml;

/// <summary>
/// Bodies of one format, good and mutated: our readers see in them what .NET's own do, and refuse what those refuse.
/// </summary>
public sealed class XmlOracleTests
{
    private const int Bodies = 6_000;

    [Fact]
    public void TextXml_MutatedAtRandom_IsReadAsXmlReaderDoes()
    {
        var accepted = 0;
        foreach (var body in Mutated("<RemoteExecutionContext"u8.ToArray()))
        {
            // Two differences are meant: bytes that are no UTF-8 make a question of the value, and a name's letters
            // beyond ASCII are not looked up.
            if (!Utf8.IsValid(body) || !Ascii.IsValid(body))
            {
                continue;
            }

            var (ours, theirs) = (XmlOracle.OursText(body), XmlOracle.ReadText(body));
            XmlOracle.Difference(ours, theirs).ShouldBeNull(Encoding.UTF8.GetString(body));
            accepted += ours is null ? 0 : 1;
        }

        accepted.ShouldBeGreaterThan(Bodies / 20);
    }

    [Fact]
    public void BinaryXml_MutatedAtRandom_IsReadAsXmlDictionaryReaderDoes()
    {
        var accepted = 0;
        foreach (var body in Mutated([0x40, 22, .. "RemoteExecutionContext"u8]))
        {
            var ours = XmlOracle.OursBinary(body);
            XmlOracle.Difference(ours, XmlOracle.ReadBinary(body)).ShouldBeNull(Convert.ToHexString(body));
            accepted += ours is null ? 0 : 1;
        }

        accepted.ShouldBeGreaterThan(Bodies / 20);
    }

    private static IEnumerable<byte[]> Mutated(byte[] start)
    {
        string[] written =
        [
            WithTarget("Create", string.Join(
                ',', Item("name", "'a b'"), Item("revenue", "{'__type':'Money:x','Value':1.50}"), Item("x", "null"),
                Item("tags", "[{'Value':1}]"), Item("ownerid", Reference("team")), Item("numberofemployees", "5"))),
            Context("Delete", "null"),
        ];
        var originals = written.SelectMany(Forms).Where(body => body.AsSpan().StartsWith(start)).ToList();
        var mutator = new BodyMutator(originals, seed: 20_241_125);
        return originals.Concat(Enumerable.Range(0, Bodies).Select(_ => mutator.Next()));
    }
}
