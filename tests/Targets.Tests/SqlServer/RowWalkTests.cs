using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Targets.SqlServer;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>What goes into a message, and what is refused before one begins.</summary>
public sealed class RowWalkTests
{
    private static readonly Guid _record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly DateTime _noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly TargetTable _contact = TargetTable.Of(Tables.Contact, SqlServerStatementTests.Names);
    private static readonly TargetTable _sample = TargetTable.Of(Tables.AllTypes, SqlServerStatementTests.Names);

    [Fact]
    public void RecordCells_WholeRow_FillsEveryColumnAndNoMask()
    {
        var type = TargetTypes.RowsOf(_contact, SqlServerStatementTests.Names);
        var row = Insert(Tables.Values("Ann", "Oslo", _noon));

        var record = RecordCells.Of(type, RowShape.Whole(_contact), [row]).Single();

        var values = type.Columns.Select((column, place) => (column.Name.Name, record.GetValue(place)))
            .ToDictionary(static each => each.Name, static each => each.Item2);
        values["Id"].ShouldBe(_record);
        values["contactid"].ShouldBe(_record);
        values["SinkCreatedOn"].ShouldBe(_noon);
        values["fullname"].ShouldBe("Ann");
        values["city"].ShouldBe("Oslo");
        values["versionnumber"].ShouldBe(7L);
        values["parentid_entitytype"].ShouldBe(DBNull.Value);
        values["sent columns 0"].ShouldBe(DBNull.Value);
    }

    [Fact]
    public void RecordCells_RowsThatSendDifferentColumns_MarkThem()
    {
        RowWrite[] rows = [Update(Tables.Values("Ann")), Update(Tables.Values(city: "Oslo"))];
        var type = TargetTypes.RowsOf(_contact, SqlServerStatementTests.Names);
        var place = type.PlacesOf(RowColumns.MaskNames(_contact))[0];

        RecordCells.Of(type, RowShape.Of(_contact, rows), rows).Select(record => record.GetInt64(place))
            .ShouldBe([1L, 2L]);
    }

    [Fact]
    public void BulkRows_WholeRow_HasTheCellsInTheOrderOfItsColumns()
    {
        var row = Insert(Tables.Values("Ann"));
        var shape = RowShape.Whole(_contact);
        using var reader = new BulkRows(shape, [row]);

        reader.Read().ShouldBeTrue();

        var columns = RowColumns.Of(shape).Select(static column => column.Name).ToList();
        reader.FieldCount.ShouldBe(columns.Count);
        reader.GetValue(columns.IndexOf("fullname")).ShouldBe("Ann");
        reader.IsDBNull(columns.IndexOf("city")).ShouldBeTrue();
        reader.GetValue(columns.IndexOf("versionnumber")).ShouldBe(7L);
        reader.Read().ShouldBeFalse();
    }

    [Fact]
    public void Check_TextLongerThanItsColumn_SaysHowLong()
    {
        var row = Insert(Tables.Values(new string('x', 161)));

        Should.Throw<TextTooLongException>(() => new RowWalk(RowShape.Whole(_contact)).Check([row]))
            .Length.ShouldBe(161);
    }

    [Theory]
    [InlineData("9999999999999999999999999999", true)]
    [InlineData("9999999999999999999999999999.4", true)]
    [InlineData("10000000000000000000000000000", false)]
    [InlineData("-10000000000000000000000000000", false)]
    public void Check_Number_HasThePlacesBeforeThePointThatTheScaleLeaves(string number, bool fits)
    {
        var builder = new ColumnValuesBuilder();
        builder.Add(Tables.AllTypes.OrdinalOf("rate"), decimal.Parse(number, CultureInfo.InvariantCulture));

        Check(builder, "rate", fits);
    }

    [Theory]
    [InlineData(1752, false)]
    [InlineData(1753, true)]
    [InlineData(9999, true)]
    public void Check_Time_IsOneThatDatetimeHas(int year, bool fits)
    {
        var builder = new ColumnValuesBuilder();
        builder.Add(Tables.AllTypes.OrdinalOf("modifiedon"), new DateTime(year, 12, 31, 23, 59, 59, DateTimeKind.Utc));

        Check(builder, "modifiedon", fits);
    }

    private static void Check(ColumnValuesBuilder builder, string column, bool fits)
    {
        var row = Insert(builder.Build(Tables.AllTypes.Layout));
        var walk = new RowWalk(RowShape.Whole(_sample));
        if (fits)
        {
            walk.Check([row]);
            return;
        }

        Should.Throw<TargetRefusedException>(() => walk.Check([row])).Message.ShouldContain($"'{column}'");
    }

    private static RowWrite Insert(ColumnValues values) =>
        new(RowWriteKind.Insert, _record, values, new VersionNumber(7), null, _noon, _noon);

    private static RowWrite Update(ColumnValues sent) =>
        new(RowWriteKind.Update, _record, sent, null, _noon, _noon, _noon);
}
