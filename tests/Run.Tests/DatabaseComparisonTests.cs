using DataExport.Run.Comparison;

namespace DataExport.Run.Tests;

public sealed class DatabaseComparisonTests : IDisposable
{
    private const string Account = $"{ExportFile.Prefix}_account";
    private const string FirstAccount = $"WHERE rowid = (SELECT MIN(rowid) FROM {Account} WHERE";

    private readonly ExportFile _export = new(rows: 200);

    public void Dispose() => _export.Dispose();

    [Fact]
    public void Compare_RightExport_FindsNothing()
    {
        var result = Compare();

        result.First.ShouldBeEmpty();
        result.Differences.ShouldBe(0);
        result.Rows.ShouldBe(200);
        result.ProvisionalRows.ShouldBe(0);
    }

    [Theory]
    [InlineData("name", "name IS NOT NULL", "name || 'x'")]
    [InlineData("name", "name IS NOT NULL", "NULL")]
    [InlineData("name", "name IS NOT NULL", "1")]
    [InlineData("numberofemployees", "numberofemployees IS NOT NULL", "numberofemployees + 1")]
    [InlineData("revenue", "revenue IS NOT NULL", "revenue + 0.01")]
    [InlineData("revenue", "revenue IS NOT NULL", "'much'")]
    [InlineData("creditonhold", "creditonhold IS NOT NULL", "1 - creditonhold")]
    [InlineData("statecode", "statecode IS NOT NULL", "statecode + 1")]
    [InlineData("modifiedon", "1", "'2001-01-01 00:00:00.000'")]
    [InlineData("modifiedon", "1", "replace(modifiedon, '.000', '')")]
    [InlineData("ownerid", "1", "upper(ownerid)")]
    [InlineData("ownerid", "1", "'00000000-0000-0000-0000-000000000000'")]
    [InlineData("ownerid_entitytype", "1", "'contact'")]
    [InlineData("versionnumber", "1", "versionnumber - 1")]
    [InlineData("new_interests", "new_interests IS NOT NULL", "new_interests || ';99'")]
    [InlineData("new_interests", "new_interests LIKE '%;%'", "replace(new_interests, ';', ',')")]
    public void Compare_SpoiledCell_IsFoundByTableIdAndColumn(string column, string where, string value)
    {
        _export.Execute($"UPDATE {Account} SET {column} = {value} {FirstAccount} {where})");

        var result = Compare();

        result.Differences.ShouldBe(1);
        var difference = result.First.ShouldHaveSingleItem();
        difference.Kind.ShouldBe(DifferenceKind.Cell);
        difference.Table.ShouldBe("account");
        difference.Column.ShouldBe(column);
        difference.RecordId.ShouldNotBeNull();
        difference.Expected.ShouldNotBe(difference.Actual);
    }

    [Fact]
    public void Compare_NumberThatDiffersBehindThe15thDigit_IsEqual()
    {
        _export.Execute($"UPDATE {Account} SET revenue = revenue * 1.0000000000000002");

        Compare().Differences.ShouldBe(0);
    }

    [Fact]
    public void Compare_SinkColumns_AreNotCompared()
    {
        _export.Execute($"UPDATE {Account} SET SinkModifiedOn = 'whatever'");

        Compare().Differences.ShouldBe(0);
    }

    [Fact]
    public void Compare_RowThatIsGone_IsMissing()
    {
        _export.Execute($"DELETE FROM {Account} {FirstAccount} 1)");

        Compare().First.ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.MissingRow);
    }

    [Fact]
    public void Compare_RowThatTheSourceDeleted_IsExtra()
    {
        var table = _export.Sandbox.Table("account");
        _export.Sandbox.DeleteSilently(table, _export.Sandbox.Records(table).First().Id).ShouldBeTrue();

        Compare().First.ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.ExtraRow);
    }

    [Fact]
    public void Compare_RowWithAnotherId_IsExtraAndItsOwnIsMissing()
    {
        _export.Execute($"UPDATE {Account} SET Id = '11111111-1111-1111-1111-111111111111' {FirstAccount} 1)");

        Compare().First.Select(difference => difference.Kind)
            .ShouldBe([DifferenceKind.ExtraRow, DifferenceKind.MissingRow], ignoreOrder: true);
    }

    [Fact]
    public void Compare_RowWithUpperCaseId_IsExtra()
    {
        _export.Execute($"UPDATE {Account} SET Id = upper(Id) {FirstAccount} 1)");

        Compare().First.ShouldContain(difference => difference.Kind == DifferenceKind.ExtraRow);
    }

    [Fact]
    public void Compare_ColumnMissingOrExtra_IsFound()
    {
        _export.Execute($"ALTER TABLE {Account} DROP COLUMN name");
        _export.Execute($"ALTER TABLE {Account} ADD COLUMN invented int");

        Compare().First.Select(difference => (difference.Kind, difference.Column)).ShouldBe(
            [(DifferenceKind.ExtraColumn, "invented"), (DifferenceKind.MissingColumn, "name")], ignoreOrder: true);
    }

    [Fact]
    public void Compare_TableThatIsGone_IsMissing()
    {
        _export.Execute($"DROP TABLE {Account}");

        Compare().First.ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.MissingTable);
    }

    [Fact]
    public void Compare_RowWithoutVersionNumber_IsProvisionalAndDiffers()
    {
        _export.Execute($"UPDATE {Account} SET versionnumber = NULL {FirstAccount} 1)");

        var result = Compare();

        result.ProvisionalRows.ShouldBe(1);
        result.Differences.ShouldBe(1);
    }

    [Fact]
    public void Compare_MoreDifferencesThanAreShown_CountsThemAll()
    {
        _export.Execute($"UPDATE {Account} SET ownerid_entitytype = 'x'");

        var result = Compare(shownMax: 5);

        result.First.Count.ShouldBe(5);
        result.Differences.ShouldBe(_export.Sandbox.Count(_export.Sandbox.Table("account")));
    }

    private ComparisonResult Compare(int shownMax = 20) => DatabaseComparison.Run(
        _export.Sandbox,
        _export.Sandbox.Tables,
        (_export.File, ExportFile.Prefix),
        shownMax,
        CancellationToken.None);
}
