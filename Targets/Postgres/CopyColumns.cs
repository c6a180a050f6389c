using System.Globalization;
using System.Text;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.Postgres;

/// <summary>The columns that COPY sends for rows of a shape, and the statement that takes them over.</summary>
internal static class CopyColumns
{
    private static readonly SqlIdentifier _id = PostgresDialect.Instance.Name(TargetTable.Id);
    private static readonly SqlIdentifier _createdOn = PostgresDialect.Instance.Name(TargetTable.SinkCreatedOn);
    private static readonly SqlIdentifier _stamp = PostgresDialect.Instance.Name(TargetTable.SinkModifiedOn);
    private static readonly SqlIdentifier _version = SqlIdentifier.Of(TargetTable.VersionNumberColumn);
    private static readonly SqlIdentifier _modifiedOn = SqlIdentifier.Of(TargetTable.ModifiedOnColumn);

    /// <summary>The columns before those of the source.</summary>
    internal static SqlIdentifier[] FixedOf(RowShape shape) => shape switch
    {
        { IsWhole: true, Table.VersionOrdinal: < 0 } => [_id, _createdOn, _stamp, _version],
        { IsWhole: true } => [_id, _createdOn, _stamp],
        _ => [_id, _stamp, _modifiedOn, .. Enumerable.Range(0, shape.MaskCount).Select(MaskName)],
    };

    /// <summary>The name of a mask. No column of the source can have it: those are in lower case.</summary>
    internal static SqlIdentifier MaskName(int mask) =>
        SqlIdentifier.Of(string.Create(CultureInfo.InvariantCulture, $"Sent columns {mask}"));

    /// <summary>The COPY statement that takes rows of a shape into a table.</summary>
    internal static string CopyStatement(RowShape shape, string into)
    {
        var names = FixedOf(shape).Concat(SourceColumnsOf(shape).Select(static column => column.Column.Name));
        return $"COPY {into} ({string.Join(", ", names)}) FROM STDIN (FORMAT BINARY)";
    }

    /*
    A temporary table for rows that are to be written over others.

    Demands:
    1. All columns of the table and no constraint of it: a row of some columns has a place in it.
    2. Empty at every commit, so that it need not be emptied.
    */
    internal static string StageStatement(TargetTable table, string stage)
    {
        var masks = string.Concat(Enumerable
            .Range(0, (table.Columns.Length + RowShape.BitsPerMask - 1) / RowShape.BitsPerMask)
            .Select(mask => $", 0::bigint AS {MaskName(mask)}"));
        var columns = string.Join(", ", table.Columns.Select(static column => column.Name));
        return $"CREATE TEMPORARY TABLE {stage} {PostgresDialect.RowStorage} ON COMMIT DELETE ROWS AS "
            + $"SELECT {columns}{masks} FROM {table.Name} WITH NO DATA";
    }

    /*
    Writes staged rows over those that are there.

    Demands:
    1. Every staged row has its row in the table: that was read under the lock which is still held.
    2. A provisional update writes the columns that its notification sent, and no other.
    3. A record's row keeps its SinkCreatedOn.
    */
    internal static string UpdateStatement(RowShape shape, string stage)
    {
        var script = new StringBuilder($"UPDATE {shape.Table.Name} AS t SET {_stamp} = s.{_stamp}");
        if (!shape.IsWhole)
        {
            script.Append($", {_modifiedOn} = s.{_modifiedOn}, {_version} = NULL");
        }
        else if (shape.Table.VersionOrdinal < 0)
        {
            script.Append($", {_version} = s.{_version}");
        }

        foreach (var (place, column) in SourceColumnsOf(shape))
        {
            var value = shape.MaskCount == 0
                ? $"s.{column.Name}"
                : $"CASE WHEN {IsSent(place)} THEN s.{column.Name} ELSE t.{column.Name} END";
            script.Append($", {column.Name} = {value}");
        }

        return script.Append($" FROM {stage} AS s WHERE t.{_id} = s.{_id}").ToString();
    }

    /*
    Writes staged whole rows over confirmed ones of lower versions, and over no others.

    Demand: a row's stamp grows by 4 ms at least, whatever the clock says. One that was stamped just now is held back.
    */
    internal static string GuardedUpdateStatement(RowShape shape, string stage) =>
        UpdateStatement(shape, stage)
        + $" AND t.{_version} < s.{_version} AND COALESCE(t.{_stamp} <= s.{_stamp} - interval '4 ms', true)";

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
