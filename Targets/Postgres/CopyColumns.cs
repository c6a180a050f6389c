using System.Globalization;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.Postgres;

/// <summary>The columns that COPY sends for rows of a shape, and the statement that takes them over.</summary>
internal static class CopyColumns
{
    private static readonly SqlIdentifier _id = PostgresDialect.Instance.Name(TargetTable.Id);
    private static readonly SqlIdentifier _stamp = PostgresDialect.Instance.Name(TargetTable.SinkModifiedOn);
    private static readonly SqlIdentifier _version = SqlIdentifier.Of(TargetTable.VersionNumberColumn);

    /// <summary>The COPY statement that takes rows of a shape into a table.</summary>
    internal static string CopyStatement(RowShape shape, string into) =>
        $"COPY {into} ({string.Join(", ", RowColumns.Of(shape))}) FROM STDIN (FORMAT BINARY)";

    /*
    A temporary table for rows that are to be written over others.

    Demands:
    1. All columns of the table and no constraint of it: a row of some columns has a place in it.
    2. Empty at every commit, so that it need not be emptied.
    */
    internal static string StageStatement(TargetTable table, string stage)
    {
        var masks = string.Concat(RowColumns.MaskNames(table).Select(static mask => $", 0::bigint AS {mask}"));
        var columns = string.Join(", ", table.Columns.Select(static column => column.Name));
        return $"CREATE TEMPORARY TABLE {stage} {PostgresDialect.RowStorage} ON COMMIT DELETE ROWS AS "
            + $"SELECT {columns}{masks} FROM {table.Name} WITH NO DATA";
    }

    /*
    Lets the rest of the transaction find rows by a key that is given, and in no other way.

    Demand: stands before an update of staged rows. The planner takes a wide table that nobody analysed for one of a
    single row, and would read it all along its index for each staged row. Only a bitmap cannot be made without a key.
    */
    public const string ByKeyAlone = "SET LOCAL enable_indexscan = off";

    /*
    Writes staged rows over those that are there.

    Demands:
    1. Every staged row has its row in the table: that was read under the lock which is still held.
    2. Costs one step in the index for a staged row: see ByKeyAlone.
    */
    internal static string UpdateStatement(RowShape shape, string stage) =>
        $"UPDATE {shape.Table.Name} AS t SET {RowColumns.SetList(shape)} FROM {stage} AS s WHERE t.{_id} = s.{_id}";

    /*
    Writes staged whole rows over confirmed ones of lower versions, and over no others.

    Demand: a row's stamp grows by 4 ms at least, whatever the clock says. One that was stamped just now is held back.
    */
    internal static string GuardedUpdateStatement(RowShape shape, string stage) =>
        UpdateStatement(shape, stage)
        + $" AND t.{_version} < s.{_version} AND COALESCE(t.{_stamp} <= s.{_stamp} - interval '4 ms', true)";

    /*
    The rows whose cells are not those of the staged row of the same version, with the places of these columns among
    those that are compared.

    Demands:
    1. A row of another version, or of none, is passed over: it was or will be written anew.
    2. Nothing is as much as nothing. Texts are the same letter by letter, whatever the database's collation sorts as
       equal.
    3. Costs one step in the index for a staged row, also of a table of which nobody has counted the rows yet: what
       stands before an OFFSET is looked up for each of them, and never read as a whole.
    */
    internal static string DifferentRows(TargetTable table, string stage)
    {
        var differences = string.Join(",\n        ", ComparedRows.ColumnsOf(table).Select(static (column, place) =>
            string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {IsDifferent(column)} THEN {place} END")));
        return $"""
            SELECT Id, Places FROM (
                SELECT s.{_id} AS Id, array_remove(ARRAY[
                    {differences}]::integer[], NULL) AS Places
                FROM {stage} AS s CROSS JOIN LATERAL (
                    SELECT * FROM {table.Name} AS r
                    WHERE r.{_id} = s.{_id} AND r.{_version} = s.{_version} OFFSET 0) AS t) AS d
            WHERE cardinality(Places) > 0
            """;
    }

    private static string IsDifferent(TargetColumn column)
    {
        var collation = column.Cell is CellType.Text ? " COLLATE \"C\"" : "";
        return $"t.{column.Name}{collation} IS DISTINCT FROM s.{column.Name}{collation}";
    }
}
