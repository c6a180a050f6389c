using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.Serialization.Json;
using System.Text;
using DataExport.Bench.Decode;
using DataExport.Dataverse.Columns;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

/// <summary>Dates as the serializers of .NET write them: JSON has milliseconds, the other formats have ticks.</summary>
public sealed class DateFormatTests
{
    private const string Written = "'\\/Date(1724658196123)\\/'";
    private const long LocalKind = long.MinValue;
    private const long UtcKind = 1L << 62;

    private static readonly DateTime WrittenTime = DateTime.UnixEpoch.AddMilliseconds(1724658196123);

    private static readonly TableCatalog Times = new(
        "p1", [TestTables.Define("account", "accountid:UniqueIdentifier startedon:DateTime bornon:DateOnly")]);

    [Theory]
    [InlineData("2024-08-26T07:43:16.1239999Z")]
    [InlineData("2024-08-26T07:43:16.0000001Z")]
    [InlineData("2024-08-26T07:43:16.1230000Z")]
    [InlineData("1969-12-31T23:59:59.1239999Z")]
    [InlineData("1753-01-01T00:00:00.0000001Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    public void Ticks_OfADate_AreCutAsJsonCutsThem(string text)
    {
        var time = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        using var serialized = new MemoryStream();
        new DataContractJsonSerializer(typeof(DateTime)).WriteObject(serialized, time);
        var expected = StartedOn(Json(Encoding.UTF8.GetString(serialized.ToArray())));

        StartedOn(Json($"\"{text}\"")).ShouldBe(expected);
        StartedOn(Xml(text)).ShouldBe(expected);
        StartedOn(BinaryXml("startedon", time.Ticks)).ShouldBe(expected);
        (expected - time).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData("2024-08-26T22:00:00Z", LocalKind, false)]
    [InlineData("2024-08-26T00:00:00.001Z", LocalKind, false)]
    [InlineData("2024-08-26T22:00:00Z", LocalKind | UtcKind, false)]
    [InlineData("2024-08-26T00:00:00Z", LocalKind, true)]
    [InlineData("2024-08-26T22:00:00Z", UtcKind, true)]
    [InlineData("2024-08-26T22:00:00Z", 0, true)]
    public void Day_OfALocalTimeInUtc_IsAQuestionUnlessItIsMidnight(string text, long kind, bool fits)
    {
        var time = DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

        var change = Decode(BinaryXml("bornon", time.Ticks | kind), catalog: Times).Changes.ShouldHaveSingleItem();

        change.Reason.ShouldBe(fits ? UncertainReason.None : UncertainReason.Undecodable);
        if (fits)
        {
            change.Columns.ShouldNotBeNull().TryGet(2, out var day).ShouldBeTrue();
            day.Instant.ShouldBe(new DateTime(2024, 8, 26, 0, 0, 0, DateTimeKind.Utc));
        }
    }

    private static byte[] Json(string value) => Encoding.UTF8.GetBytes(
        WithTarget("Update", Item("startedon", "#")).Replace("#", value, StringComparison.Ordinal));

    private static byte[] Xml(string value) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(NotificationForms.Xml(WithTarget("Update", Item("startedon", Written))))
            .Replace("2024-08-26T07:43:16.123Z", value, StringComparison.Ordinal));

    /// <summary>A body whose date has those 64 bits.</summary>
    private static byte[] BinaryXml(string column, long bits)
    {
        var body = NotificationForms.BinaryXml(WithTarget("Update", Item(column, Written)));
        var written = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(written, WrittenTime.ToBinary());
        var at = body.AsSpan().IndexOf(written);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(at), bits);
        return body;
    }

    private static DateTime StartedOn(byte[] body)
    {
        Decode(body, catalog: Times).Changes[0].Columns.ShouldNotBeNull().TryGet(1, out var value).ShouldBeTrue();
        return value.Instant;
    }
}
