using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>The statements by which a reconcile looks at rows. None of them locks what it reads.</summary>
internal sealed class CompareStatements(TargetNames names)
{
    /// <summary>By which letters are told apart, whatever the database takes for equal.</summary>
    private const string Exactly = "COLLATE Latin1_General_BIN2";

    /*
    What is held of some records.

    Demands:
    1. A row's stamp is its own even where it is null; a tombstone counts only for a record that has no row.
    2. Costs one step in each index for a record.
    3. Finds what DES wrote into the delete log, whatever the case of its ids and the collation of the database.
    */
    public string Held(TargetTable table) =>
        $"""
        SELECT k."Id", CASE WHEN t."Id" IS NULL THEN 0 ELSE 1 END, t."versionnumber",
            CASE WHEN t."Id" IS NOT NULL THEN t."SinkModifiedOn"
            ELSE (
                SELECT d."SinkDeleteTime" FROM {names.DeleteLog} AS d
                WHERE d."Id" = (
                    SELECT MAX(e."Id") FROM {names.DeleteLog} AS e
                    WHERE e."EntityName" = @EntityName
                        AND e."RecordId" IN ({SqlServerStatements.TextsOf("k.\"Id\"")})))
            END,
            CASE WHEN p."RecordId" IS NULL THEN 0 ELSE 1 END
        FROM @Ids AS k
        LEFT JOIN {table.Name} AS t ON t."Id" = k."Id"
        LEFT JOIN {names.Pending} AS p ON p."EntityName" = @EntityName AND p."RecordId" = k."Id"
        OPTION (FORCE ORDER, LOOP JOIN);
        """;

    /// <summary>The next rows by id.</summary>
    public static string Ids(TargetTable table, bool isFirst) =>
        $"""
        SELECT TOP (@RowsMax) "Id" FROM {table.Name}{(isFirst ? "" : " WHERE \"Id\" > @AfterId")} ORDER BY "Id";
        """;

    /*
    The rows whose cells are not those of the sent row of the same version: the id, and for each compared column whether
    it is another.

    Demands:
    1. A row of another version, or of none, is passed over: it was or will be written anew.
    2. Nothing is as much as nothing.
    3. Texts are the same letter by letter: neither case nor blanks at the end are made light of.
    4. Only rows that differ are told: the rest of a page is not sent back.
    */
    public static string DifferentRows(TargetTable table)
    {
        var columns = ComparedRows.ColumnsOf(table);
        if (columns.Length == 0)
        {
            return """SELECT s."Id" FROM @Rows AS s WHERE 1 = 0;""";
        }

        var flags = columns.Select(static column => $"CASE WHEN {IsSame(column)} THEN 0 ELSE 1 END");
        return $"""
            SELECT s."Id",
                {string.Join(",\n    ", flags)}
            FROM @Rows AS s INNER JOIN {table.Name} AS t ON t."Id" = s."Id" AND t."versionnumber" = s."versionnumber"
            WHERE EXISTS (
                SELECT {CellsOf(columns, "t")}
                EXCEPT
                SELECT {CellsOf(columns, "s")});
            """;
    }

    private static string IsSame(TargetColumn column)
    {
        var (name, isText) = (column.Name, column.Cell is CellType.Text);
        var equal = isText
            ? $"t.{name} {Exactly} = s.{name} {Exactly} AND DATALENGTH(t.{name}) = DATALENGTH(s.{name})"
            : $"t.{name} = s.{name}";
        return $"({equal}) OR (t.{name} IS NULL AND s.{name} IS NULL)";
    }

    private static string CellsOf(IEnumerable<TargetColumn> columns, string row) => string.Join(
        ", ",
        columns.Select(column => column.Cell is CellType.Text
            ? $"{row}.{column.Name} {Exactly}, DATALENGTH({row}.{column.Name})"
            : $"{row}.{column.Name}"));
}
