using System.Globalization;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Golden;

/// <summary>Every statement that an engine is sent, for real tables and for one of all types.</summary>
public abstract class GoldenTests
{
    /// <summary>How an engine calls itself, and its folder.</summary>
    protected abstract string Engine { get; }

    [SampleFact("metadata")]
    public void Statements_Account_AreThoseThatWereLookedAt() => Demand(SampleTables.Read("account"));

    [SampleFact("metadata")]
    public void Statements_Team_AreThoseThatWereLookedAt() => Demand(SampleTables.Read("team"));

    [SampleFact("metadata")]
    public void Statements_Lead_AreThoseThatWereLookedAt() => Demand(SampleTables.Read("lead"));

    [Fact]
    public void Statements_TableOfAllTypes_AreThoseThatWereLookedAt() => Demand(Tables.AllTypes);

    [Fact]
    public void Statements_IntersectTable_AreThoseThatWereLookedAt() => Demand(Tables.Membership);

    [Fact]
    public void Statements_OfTheExportItself_AreThoseThatWereLookedAt() =>
        GoldenFile.Demand(Engine, "system", SystemStatements());

    internal abstract IEnumerable<(string Title, string Statement)> StatementsOf(TableDefinition table);

    internal abstract IEnumerable<(string Title, string Statement)> SystemStatements();

    /// <summary>The names of a profile as most have it.</summary>
    internal abstract TargetNames ProfileNames { get; }

    /// <summary>The statements that make a view.</summary>
    internal abstract IEnumerable<string> ViewStatements(ReportView view);

    /// <summary>Updates of the first columns that notifications may send: one of one, or two that differ.</summary>
    internal static RowShape ShapeOf(TargetTable table, params ReadOnlySpan<int[]> sent)
    {
        var writes = new List<RowWrite>();
        foreach (var ordinals in sent)
        {
            var builder = new ColumnValuesBuilder();
            foreach (var ordinal in ordinals)
            {
                builder.AddNull(ordinal);
            }

            writes.Add(new RowWrite(
                RowWriteKind.Update, Guid.Empty, builder.Build(table.Layout), null, default(DateTime), default,
                default));
        }

        return RowShape.Of(table, writes);
    }

    /// <summary>Ordinals of columns that notifications send, the first of each type.</summary>
    internal static int[] OrdinalsToSend(TargetTable table) =>
    [
        .. table.Definition.Columns.Select(static (column, ordinal) => (column, ordinal))
            .Where(each => each.ordinal != table.PrimaryIdOrdinal && each.ordinal != table.VersionOrdinal
                && each.ordinal != table.ModifiedOnOrdinal)
            .GroupBy(static each => each.column.Type).Select(static group => group.First().ordinal).Order().Take(4),
    ];

    internal static string Titled(string title, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{title} {number}");

    /// <summary>What is sent for reports: views and indexes of a table that is made with them.</summary>
    private IEnumerable<(string Title, string Statement)> ReportsOf(TableDefinition definition)
    {
        var table = TargetTable.Of(definition, ProfileNames);
        var plan = SchemaPlan.Of(
            table, null, new HashSet<string>(), ProfileNames.Dialect, new TargetExtras(true, true));
        var views = TableViews.Of([plan], ProfileNames)[0].Views;
        return
        [
            .. plan.Changes.Where(static change => change.Kind is SchemaChangeKind.IndexMade)
                .Select(change => ("index", table.Dialect.IndexScript(table, change.Column!))),
            .. views.SelectMany(ViewStatements).Select(static statement => ("view", statement)),
        ];
    }

    private void Demand(TableDefinition table)
    {
        GoldenFile.Demand(Engine, table.Name, StatementsOf(table));
        GoldenFile.Demand(Engine, $"{table.Name}.reports", ReportsOf(table));
    }
}
