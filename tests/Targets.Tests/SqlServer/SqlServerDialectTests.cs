using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Targets.SqlServer;

namespace DataExport.Targets.Tests.SqlServer;

public sealed class SqlServerDialectTests
{
    private static readonly DateTime _noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("sampleid", "uniqueidentifier")]
    [InlineData("name", "nvarchar(100)")]
    [InlineData("description", "nvarchar(max)")]
    [InlineData("quantity", "int")]
    [InlineData("versionnumber", "bigint")]
    [InlineData("isactive", "bit")]
    [InlineData("modifiedon", "datetime")]
    [InlineData("birthdate", "datetime")]
    [InlineData("rate", "decimal(38,10)")]
    [InlineData("latitude", "decimal(38,5)")]
    [InlineData("revenue", "decimal(38,2)")]
    [InlineData("industry", "int")]
    [InlineData("ownerid", "uniqueidentifier")]
    [InlineData("ownerid_entitytype", "nvarchar(128)")]
    [InlineData("owneridtype", "nvarchar(4000)")]
    [InlineData("colours", "nvarchar(4000)")]
    [InlineData("to", "uniqueidentifier")]
    public void TypeOf_Column_IsDess(string column, string expected) => TargetTable
        .Of(Tables.AllTypes, SqlServerStatementTests.Names).Columns
        .Single(each => each.Name.Name == column).DeclaredType.ShouldBe(expected);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 7)]
    [InlineData(8, 7)]
    [InlineData(9, 10)]
    [InlineData(999, 1000)]
    public void RoundInstant_Milliseconds_AreThoseOfDatetime(int milliseconds, int expected) => SqlServerDialect
        .Instance.RoundInstant(_noon.AddMilliseconds(milliseconds)).ShouldBe(_noon.AddMilliseconds(expected));

    [Fact]
    public void RoundInstant_OutOfRange_IsTheNearestThatIsIn()
    {
        SqlServerDialect.Instance.RoundInstant(DateTime.MinValue).Year.ShouldBe(1753);
        SqlServerDialect.Instance.RoundInstant(DateTime.MaxValue)
            .ShouldBe(new DateTime(9999, 12, 31, 23, 59, 59, 997, DateTimeKind.Utc));
    }

    [Fact]
    public void RoundInstant_NextStampAfterNextStamp_AlwaysGrows()
    {
        var last = _noon;
        for (var write = 0; write < 1_000; write++)
        {
            var next = SqlServerDialect.Instance.RoundInstant(MergeRules.NextStamp(last, _noon));
            next.ShouldBeGreaterThan(last);
            SqlServerDialect.Instance.RoundInstant(next).ShouldBe(next);
            last = next;
        }
    }

    [Fact]
    public void Limit_RowThatWouldNotFitItsPage_IsWarnedOf()
    {
        var wide = Tables.AllTypes with
        {
            Columns =
            [
                .. Tables.AllTypes.Columns,
                .. Enumerable.Range(0, 400).Select(number => new ColumnDefinition
                {
                    Name = $"amount{number}", Type = ColumnType.Money, Precision = 2,
                }),
                .. Enumerable.Range(0, 100).Select(number => new ColumnDefinition
                {
                    Name = $"text{number}", Type = ColumnType.Text, MaxLength = 100,
                }),
            ],
        };

        _ = SqlServerDialect.Instance.Limit(TargetTable.Of(wide, SqlServerStatementTests.Names), out var warnings);

        warnings.ShouldHaveSingleItem().ShouldContain("8060");
    }

    [Fact]
    public void Limit_MoreColumnsThanATypeCanHave_LeavesTheLastOut()
    {
        var wide = Tables.AllTypes with
        {
            Columns =
            [
                .. Tables.AllTypes.Columns,
                .. Enumerable.Range(0, 1_000).Select(number => new ColumnDefinition
                {
                    Name = $"flag{number}", Type = ColumnType.Boolean,
                }),
            ],
        };

        var limited = SqlServerDialect.Instance.Limit(
            TargetTable.Of(wide, SqlServerStatementTests.Names), out var warnings);

        TargetTypes.RowsOf(limited, SqlServerStatementTests.Names).Columns.Count.ShouldBeLessThanOrEqualTo(1_024);
        warnings.ShouldHaveSingleItem().ShouldContain("flag999");
    }

    [Fact]
    public void Shortened_LongNames_StayApart()
    {
        var one = SqlServerDialect.Shortened($"{new string('x', 150)}1");
        var other = SqlServerDialect.Shortened($"{new string('x', 150)}2");

        one.Name.Length.ShouldBe(128);
        one.ShouldNotBe(other);
        SqlServerDialect.Shortened("EPK[dbo].[account]").Name.ShouldBe("EPK[dbo].[account]");
    }
}
