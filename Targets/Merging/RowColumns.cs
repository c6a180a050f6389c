using System.Globalization;
using System.Text;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>The columns that go to the target with rows of a shape, and what a statement says of them.</summary>
internal static class RowColumns
{
    /// <summary>The columns before those of the source.</summary>
    internal static SqlIdentifier[] FixedOf(RowShape shape)
    {
        var dialect = shape.Table.Dialect;
        SqlIdentifier[] ids = [dialect.Name(TargetTable.Id)];
        var stamp = dialect.Name(TargetTable.SinkModifiedOn);
        return shape switch
        {
            { IsWhole: true, Table.VersionOrdinal: < 0 } =>
                [.. ids, dialect.Name(TargetTable.SinkCreatedOn), stamp, VersionOf(dialect)],
            { IsWhole: true } => [.. ids, dialect.Name(TargetTable.SinkCreatedOn), stamp],
            _ => [.. ids, stamp, ModifiedOnOf(dialect), .. Enumerable.Range(0, shape.MaskCount).Select(MaskName)],
        };
    }

    /// <summary>All columns, in the order in which <see cref="RowWalk"/> gives their cells.</summary>
    internal static SqlIdentifier[] Of(RowShape shape) =>
        [.. FixedOf(shape), .. SourceColumnsOf(shape).Select(static each => each.Column.Name)];

    /// <summary>The name of a mask, which no column of the source can have.</summary>
    internal static SqlIdentifier MaskName(int mask) =>
        SqlIdentifier.Of(string.Create(CultureInfo.InvariantCulture, $"sent columns {mask}"));

    /// <summary>How many masks mark all columns of a table.</summary>
    internal static int MasksMax(TargetTable table) =>
        (table.Definition.Columns.Length + RowShape.BitsPerMask - 1) / RowShape.BitsPerMask;

    /*
    What an update of rows <c>t</c> by rows <c>s</c> sets.

    Demands:
    1. A provisional update writes the columns that its notification sent, and no other.
    2. A record's row keeps its SinkCreatedOn.
    */
    internal static string SetList(RowShape shape)
    {
        var dialect = shape.Table.Dialect;
        var stamp = dialect.Name(TargetTable.SinkModifiedOn);
        var script = new StringBuilder($"{stamp} = s.{stamp}");
        if (!shape.IsWhole)
        {
            var modifiedOn = ModifiedOnOf(dialect);
            script.Append($", {modifiedOn} = s.{modifiedOn}, {VersionOf(dialect)} = NULL");
        }
        else if (shape.Table.VersionOrdinal < 0)
        {
            script.Append($", {VersionOf(dialect)} = s.{VersionOf(dialect)}");
        }

        foreach (var (place, column) in SourceColumnsOf(shape))
        {
            var value = shape.MaskCount == 0
                ? $"s.{column.Name}"
                : $"CASE WHEN {IsSent(place)} THEN s.{column.Name} ELSE t.{column.Name} END";
            script.Append($", {column.Name} = {value}");
        }

        return script.ToString();
    }

    private static SqlIdentifier VersionOf(TargetDialect dialect) => dialect.Name(TargetTable.VersionNumberColumn);

    private static SqlIdentifier ModifiedOnOf(TargetDialect dialect) => dialect.Name(TargetTable.ModifiedOnColumn);

    private static string IsSent(int place) => string.Create(
        CultureInfo.InvariantCulture,
        $"(s.{MaskName(place / RowShape.BitsPerMask)} & {1L << (place % RowShape.BitsPerMask)}) <> 0");

    /// <summary>The columns of the source, each with its entity type behind it.</summary>
    private static IEnumerable<(int Place, TargetColumn Column)> SourceColumnsOf(RowShape shape)
    {
        for (var place = 0; place < shape.Ordinals.Length; place++)
        {
            yield return (place, shape.Table.ColumnOf(shape.Ordinals[place]));
            if (shape.Table.EntityTypeColumnOf(shape.Ordinals[place]) is { } entityType)
            {
                yield return (place, entityType);
            }
        }
    }
}
