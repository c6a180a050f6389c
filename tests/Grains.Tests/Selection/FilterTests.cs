using DataExport.Grains.Selection;

namespace DataExport.Grains.Tests.Selection;

/// <summary>What filters mean, and what is said of those that mean nothing.</summary>
public sealed class FilterTests
{
    [Theory]
    [InlineData("statecode eq 1")]
    [InlineData("1 eq statecode")]
    [InlineData("0 lt statecode")]
    [InlineData("statecode ne 0")]
    [InlineData("statecode in (0,1)")]
    [InlineData("not (statecode in (0, 2))")]
    [InlineData("name eq 'müller''s shop'")]
    [InlineData("name gt 'mann'")]
    [InlineData("contains(name,'SHOP')")]
    [InlineData("startswith(name, 'mü') and endswith(name, 'shop ')")]
    [InlineData("revenue ge 12.5 and revenue le 12.50 and revenue gt -1")]
    [InlineData("weight lt 5e-1 or weight eq 0.5")]
    [InlineData("createdon eq 2024-03-01T10:00:00Z")]
    [InlineData("createdon eq 2024-03-01T12:00:00+02:00")]
    [InlineData("createdon ge 2024-03-01 and createdon lt 2024-03-02")]
    [InlineData("birthday eq 2000-02-29")]
    [InlineData("donotemail eq true and donotemail ne false")]
    [InlineData("ownerid eq b36cf9bf-5b1c-ee11-8f6c-6045bd8a0001")]
    [InlineData("_ownerid_value eq B36CF9BF-5B1C-EE11-8F6C-6045BD8A0001")]
    [InlineData("_ownerid_value ne b36cf9bf-5b1c-ee11-8f6c-6045bd8a0002")]
    [InlineData("Microsoft.Dynamics.CRM.In(PropertyName='statecode',PropertyValues=['1','2'])")]
    [InlineData("Microsoft.Dynamics.CRM.NotIn(PropertyName='statecode', PropertyValues=['0'])")]
    [InlineData(
        "Microsoft.Dynamics.CRM.In("
        + "PropertyName='ownerid',PropertyValues=['b36cf9bf-5b1c-ee11-8f6c-6045bd8a0001'])")]
    [InlineData("Microsoft.Dynamics.CRM.ContainValues(PropertyName='colours',PropertyValues=['1','7'])")]
    [InlineData("Microsoft.Dynamics.CRM.DoesNotContainValues(PropertyName='colours',PropertyValues=['2'])")]
    [InlineData("name ne null and colours ne null")]
    [InlineData("statecode eq 5 and statecode eq 6 or statecode eq 1")]
    [InlineData("statecode eq 1 or statecode eq 5 and statecode eq 6")]
    [InlineData("not (statecode eq 1 and statecode eq 2)")]
    [InlineData("not statecode eq 2 and statecode eq 1")]
    public void Filter_OfAFullRow_Holds(string filter)
    {
        FilterTable.Evaluate(filter, FilterTable.Full()).ShouldBe(FilterOutcome.Inside);
        FilterTable.Evaluate($"not ({filter})", FilterTable.Full()).ShouldBe(FilterOutcome.Outside);
    }

    [Theory]
    [InlineData("statecode eq 1")]
    [InlineData("statecode ne 1")]
    [InlineData("not (statecode eq 1)")]
    [InlineData("statecode gt null")]
    [InlineData("not (statecode gt null)")]
    [InlineData("contains(name,'')")]
    [InlineData("not contains(name,'x')")]
    [InlineData("ownerid ne b36cf9bf-5b1c-ee11-8f6c-6045bd8a0001")]
    [InlineData("(statecode eq 1 or statecode ne 1) and name eq null")]
    [InlineData("Microsoft.Dynamics.CRM.DoesNotContainValues(PropertyName='colours',PropertyValues=['2'])")]
    public void ComparisonWithAnEmptyColumn_WhicheverWay_DoesNotHold(string filter) =>
        FilterTable.Evaluate(filter, FilterTable.Empty()).ShouldBe(FilterOutcome.Outside);

    [Theory]
    [InlineData("statecode eq null")]
    [InlineData("not (statecode ne null)")]
    [InlineData("statecode ne 1 or statecode eq null")]
    [InlineData("statecode in (1, null)")]
    public void NullItself_OfAnEmptyColumn_Holds(string filter) =>
        FilterTable.Evaluate(filter, FilterTable.Empty()).ShouldBe(FilterOutcome.Inside);

    [Theory]
    [InlineData("", 1, "expected a column")]
    [InlineData("statecode", 10, "expected one of eq, ne")]
    [InlineData("statecode eq", 13, "expected a value")]
    [InlineData("statecode eq name", 14, "expected a value")]
    [InlineData("statecode = 1", 11, "expected one of eq, ne")]
    [InlineData("statecode eq 1 statecode", 16, "expected 'and', 'or' or the end")]
    [InlineData("(statecode eq 1", 16, "expected ')'")]
    [InlineData("name eq 'x", 9, "no closing quote")]
    [InlineData("name eq \"x\"", 9, "neither a name nor a value")]
    [InlineData("createdon gt 2024-03-01T10:00:00", 14, "neither a name nor a value")]
    [InlineData("createdon gt 2024-13-01", 14, "neither a name nor a value")]
    [InlineData("year(createdon) eq 2024", 1, "the function 'year' is not supported")]
    [InlineData("contains(name, 5)", 16, "must be a text")]
    [InlineData("statecode in ()", 15, "expected a value")]
    [InlineData("Microsoft.Dynamics.CRM.In(PropertyName=statecode,PropertyValues=['1'])", 40, "expected a value")]
    [InlineData("colour eq 1", 1, "no column 'colour'")]
    [InlineData("_name_value eq 'x'", 1, "no column '_name_value'")]
    [InlineData("name eq 5", 9, "compared with a text")]
    [InlineData("statecode eq 'Active'", 14, "compared with a number")]
    [InlineData("donotemail gt true", 1, "eq, ne and in")]
    [InlineData("birthday eq 2000-02-29T00:00:00Z", 13, "compared with a day")]
    [InlineData("ownerid eq 5", 12, "compared with an id")]
    [InlineData("colours eq '3;7'", 1, "ContainValues")]
    [InlineData("contains(statecode,'1')", 10, "holds no text")]
    [InlineData("versionnumber gt 5", 1, "comes with no message")]
    [InlineData("to eq null", 1, "comes with no message")]
    [InlineData(
        "Microsoft.Dynamics.CRM.ContainValues(PropertyName='colours',PropertyValues=['red'])", 77, "a whole number")]
    public void Filter_ThatMeansNothing_IsRefusedWithItsPlace(string filter, int position, string message)
    {
        var fault = Should.Throw<FilterSyntaxException>(() => RowFilter.Of(filter, FilterTable.Definition));

        fault.Message.ShouldContain(message);
        fault.Position.ShouldBe(position);
    }

    [Fact]
    public void Filter_ThatNestsOrRunsWithoutEnd_IsRefused()
    {
        Parse(new string('(', FilterParser.LengthMax)).ShouldContain("deeper");
        Parse(string.Concat(Enumerable.Repeat("not ", 1_000))).ShouldContain("deeper");
        Parse(new string(' ', FilterParser.LengthMax + 1)).ShouldContain("characters");
    }

    [Fact]
    public void Filter_OfManyParts_IsNoDeeperForIt()
    {
        var filter = string.Join(" or ", Enumerable.Range(0, 200).Select(state => $"statecode eq {state}"));

        FilterTable.Evaluate(filter, FilterTable.Full()).ShouldBe(FilterOutcome.Inside);
    }

    [Theory]
    [InlineData("statecode eq 1", FilterOutcome.NotTold)]
    [InlineData("name eq 'a'", FilterOutcome.Inside)]
    [InlineData("name eq 'b' and statecode eq 1", FilterOutcome.Outside)]
    [InlineData("name eq 'a' and statecode eq 1", FilterOutcome.NotTold)]
    [InlineData("name eq 'a' or statecode eq 1", FilterOutcome.Inside)]
    [InlineData("revenue gt 5 and statecode eq 1", FilterOutcome.Outside)]
    [InlineData("not (revenue gt 5) and statecode eq 1", FilterOutcome.Outside)]
    [InlineData("statecode eq null", FilterOutcome.NotTold)]
    public void Filter_OfSomeColumns_TellsWhatTheyDecide(string filter, FilterOutcome outcome)
    {
        var builder = new ColumnValuesBuilder();
        builder.AddText(1, "A"u8);
        builder.AddNull(3);
        var sent = builder.Build(FilterTable.Definition.Layout);

        RowFilter.Of(filter, FilterTable.Definition).Evaluate(FilterRow.Part(sent)).ShouldBe(outcome);
    }

    [Fact]
    public void Image_OverWhatWasSent_CountsAndItsMissingColumnsAreEmpty()
    {
        var builder = new ColumnValuesBuilder();
        builder.Add(2, 1L);
        builder.AddText(1, "sent"u8);
        var sent = builder.Build(FilterTable.Definition.Layout);
        builder.AddText(1, "image"u8);
        var row = FilterRow.Image(builder.Build(FilterTable.Definition.Layout), sent);

        Evaluate("name eq 'image' and statecode eq 1 and revenue eq null").ShouldBe(FilterOutcome.Inside);

        FilterOutcome Evaluate(string filter) => RowFilter.Of(filter, FilterTable.Definition).Evaluate(row);
    }

    [Fact]
    public void Evaluate_OfARow_AllocatesNothing()
    {
        var filter = RowFilter.Of(
            "(contains(name,'shop') or name eq 'x') and statecode in (1,2) and createdon gt 2024-01-01 "
            + "and _ownerid_value ne b36cf9bf-5b1c-ee11-8f6c-6045bd8a0002",
            FilterTable.Definition);
        var row = FilterRow.Whole(FilterTable.Full());
        _ = filter.Evaluate(row);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var time = 0; time < 100; time++)
        {
            _ = filter.Evaluate(row);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static string Parse(string filter) =>
        Should.Throw<FilterSyntaxException>(() => FilterParser.Parse(filter)).Message;
}
