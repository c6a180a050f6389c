using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>The statements by which a page is written over a whole table at once.</summary>
internal sealed class PageStatements(TargetNames names)
{
    /*
    What is known of a table, and what shows how a page is best written.

    Demands:
    1. Whether anything of it was ever deleted or is asked, or the first or the last row of the page is there.
    2. Whether one of the two is there and not older than the page's. Of a page that comes again both are, and nothing
       need be sent to find that out.
    3. Whether the stage is there.
    */
    public string Facts(TargetTable table) =>
        $"""
        SELECT "Phase", "HighestVersion", "LastQuestion",
            CASE WHEN EXISTS (SELECT 1 FROM {names.DeleteLog} WHERE "EntityName" = @EntityName)
                OR EXISTS (SELECT 1 FROM {names.Pending} WHERE "EntityName" = @EntityName)
                OR EXISTS (SELECT 1 FROM {table.Name} WHERE "Id" = @First)
                OR EXISTS (SELECT 1 FROM {table.Name} WHERE "Id" = @Last) THEN 1 ELSE 0 END,
            CASE WHEN {IsNewerOrOpen(table, "First")}
                OR {IsNewerOrOpen(table, "Last")} THEN 1 ELSE 0 END,
            OBJECT_ID(@Stage)
        FROM {names.TableSync} WHERE "EntityName" = @EntityName;
        """;

    public string SaveHighest { get; } =
        $"""
        UPDATE {names.TableSync} SET "HighestVersion" = @HighestVersion WHERE "EntityName" = @EntityName
            AND ("HighestVersion" IS NULL OR "HighestVersion" < @HighestVersion);
        """;

    private static string IsNewerOrOpen(TargetTable table, string end) =>
        $"""
        EXISTS (
            SELECT 1 FROM {table.Name} AS t
            WHERE t."Id" = @{end} AND (t."versionnumber" IS NULL OR t."versionnumber" >= @{end}Version))
        """;

    /*
    Writes staged whole rows: over confirmed ones of lower versions, and where the target holds nothing of a record.
    Tells how many it wrote.

    Demands:
    1. A row's stamp grows by a step of datetime at least, whatever the clock says: it is looked at beside the row's new
       one, since a server without statistics takes a comparison with one value for a rare match and scans the table.
    2. Costs one step in each index for a row, and no look at the delete log of a table without deletions.
    3. Takes the questions away that were asked before the read began.
    4. Finds what DES wrote into the delete log, whatever the case of its ids and the collation of the database.
    5. Empties the stage, and saves the highest version.
    */
    public string Write(TargetTable table, TableName stage)
    {
        var columns = string.Join(", ", table.Columns.Select(static column => column.Name));
        return $"""
            DECLARE @Written int;
            UPDATE t SET {RowColumns.SetList(RowShape.Whole(table))}
            FROM {table.Name} AS t INNER JOIN {stage} AS s ON t."Id" = s."Id"
            WHERE t."versionnumber" < s."versionnumber"
                AND t."SinkModifiedOn" < s."SinkModifiedOn";
            SET @Written = @@ROWCOUNT;
            INSERT INTO {table.Name} ({columns})
            SELECT {columns} FROM {stage} AS s
            WHERE NOT EXISTS (SELECT 1 FROM {table.Name} AS t WITH (UPDLOCK, HOLDLOCK) WHERE t."Id" = s."Id")
                AND (NOT EXISTS (SELECT 1 FROM {names.DeleteLog} WHERE "EntityName" = @EntityName)
                    OR NOT EXISTS (
                        SELECT 1 FROM {names.DeleteLog} AS d
                        WHERE d."EntityName" = @EntityName
                            AND d."RecordId" IN ({SqlServerStatements.TextsOf("s.\"Id\"")})));
            SET @Written = @Written + @@ROWCOUNT;
            IF EXISTS (SELECT 1 FROM {names.Pending} WHERE "EntityName" = @EntityName)
                DELETE FROM {names.Pending}
                WHERE "EntityName" = @EntityName AND "AskedOn" < @Began
                    AND "RecordId" IN (SELECT s."Id" FROM {stage} AS s);
            TRUNCATE TABLE {stage};
            {SaveHighest}
            SELECT @Written;
            """;
    }
}
