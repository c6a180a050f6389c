using System.Globalization;
using System.Text;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>The statements of a target. Those that write stand in a batch behind one another.</summary>
internal sealed class SqlServerStatements(TargetNames names)
{
    private const int ResourceLettersMax = 255;

    /*
    Begins every statement that writes in a batch.

    Demand: the server goes on with a batch after an error, which has taken the transaction back: what comes then must
    not be written without it.
    */
    private const string InTransaction = "IF @@TRANCOUNT = 0 RETURN;\n";

    /*
    Locks tables of the target for the rest of the transaction, among all who write them through DataExport, and tells
    the time.

    Demands:
    1. A statement of its own, before all that read. What a statement sees was fixed when it began, so one that locked
       and read at once would see what was there before it had the lock.
    2. In the order in which they are given. After the first that cannot be had, none is waited for.
    3. The time is told after the locks: stamps grow in the order in which the locks were had. It is a datetime, as the
       stamps are.
    4. The answer is 0 or more if all locks are had.
    */
    public static string Lock(int tables, string clock)
    {
        var script = new StringBuilder("DECLARE @Answer int = 0;\n");
        for (var table = 0; table < tables; table++)
        {
            _ = script.Append(
                CultureInfo.InvariantCulture,
                $"""
                IF @Answer >= 0
                    EXEC @Answer = sp_getapplock @Resource = @Resource{table}, @LockMode = 'Exclusive',
                        @LockOwner = 'Transaction', @LockTimeout = @Milliseconds;

                """);
        }

        return script.Append($"SELECT @Answer, {Now(clock)};").ToString();
    }

    /// <summary>The target's clock, as its columns keep time.</summary>
    public static string Now(string clock) => $"CAST({clock} AS datetime)";

    /// <summary>The name of a table's lock.</summary>
    public static string ResourceOf(TargetTable table) => ResourceOf("table", table.Name);

    /// <summary>
    /// The name of a lock. In one case, since the server takes a table's name in any: the same table must not have two
    /// locks.
    /// </summary>
    public static string ResourceOf(string kind, TableName table)
    {
        var name = $"DataExport {kind} {table}".ToUpperInvariant();
        return name.Length <= ResourceLettersMax
            ? name
            : string.Create(CultureInfo.InvariantCulture, $"DataExport {kind} {NameHash.Of(name):x16}");
    }

    public string Facts { get; } =
        $"""
        SELECT "Phase", "HighestVersion", "LastQuestion" FROM {names.TableSync} WHERE "EntityName" = @EntityName;
        """;

    /// <summary>
    /// The rows of some records. Locked until the end: whoever writes past DataExport waits, and its answer stands.
    /// </summary>
    public static string Rows(TargetTable table)
    {
        var modifiedOn = table.HasModifiedOn ? $"t.\"{TargetTable.ModifiedOnColumn}\"" : "CAST(NULL AS datetime)";
        return $"""
            SELECT t."Id", t."versionnumber", {modifiedOn}, t."SinkModifiedOn"
            FROM @Ids AS k INNER JOIN {table.Name} AS t WITH (UPDLOCK, HOLDLOCK) ON t."Id" = k."Id";
            """;
    }

    /*
    The newest delete log entry of each record.

    Demands:
    1. Costs nothing for a table of which nothing was ever deleted.
    2. Costs one or two steps in the index for each record else.
    3. Finds what DES wrote, whatever the case of its ids and the collation of the database.
    */
    public string Tombstones { get; } =
        $"""
        SELECT k."Id", d."Id", d."SinkDeleteTime"
        FROM @Ids AS k
        INNER JOIN {names.DeleteLog} AS d ON d."Id" = (
            SELECT MAX(e."Id") FROM {names.DeleteLog} AS e
            WHERE e."EntityName" = @EntityName AND e."RecordId" IN ({TextsOf("k.\"Id\"")}))
        WHERE EXISTS (SELECT 1 FROM {names.DeleteLog} WHERE "EntityName" = @EntityName);
        """;

    public string Questions { get; } =
        $"""
        SELECT p."RecordId", p."Reason", p."QuestionNumber", p."AskedOn"
        FROM @Ids AS k INNER JOIN {names.Pending} AS p ON p."EntityName" = @EntityName AND p."RecordId" = k."Id";
        """;

    public static string DeleteRows(TargetTable table) =>
        $"""{InTransaction}DELETE FROM {table.Name} WHERE "Id" IN (SELECT k."Id" FROM @Ids AS k);""";

    /// <summary>Inserts rows of which the lock shows that they are new.</summary>
    public static string InsertRows(RowShape shape)
    {
        var columns = string.Join(", ", RowColumns.Of(shape));
        return $"""
            {InTransaction}INSERT INTO {shape.Table.Name} ({columns})
            SELECT {columns} FROM @Rows;
            """;
    }

    /// <summary>Writes rows over those that are there, which was read under the lock that is still held.</summary>
    public static string UpdateRows(RowShape shape) =>
        $"""
        {InTransaction}UPDATE t SET {RowColumns.SetList(shape)}
        FROM {shape.Table.Name} AS t INNER JOIN @Rows AS s ON t."Id" = s."Id";
        """;

    /// <summary>Of one record, the later deletion gets the higher number: that is how "newest" is told.</summary>
    public string InsertLog { get; } =
        $"""
        {InTransaction}INSERT INTO {names.DeleteLog} ("EntityName", "RecordId", "SinkDeleteTime", "VersionNumber")
        SELECT @EntityName, LOWER(CONVERT(nvarchar(36), l."RecordId")), l."SinkDeleteTime", l."VersionNumber"
        FROM @Log AS l ORDER BY l."SinkDeleteTime";
        """;

    public string StampLog { get; } =
        $"""
        {InTransaction}UPDATE d SET "SinkDeleteTime" = l."SinkDeleteTime", "VersionNumber" = l."VersionNumber"
        FROM {names.DeleteLog} AS d INNER JOIN @Log AS l ON d."Id" = l."EntryId";
        """;

    public string PutQuestions { get; } =
        $"""
        {InTransaction}UPDATE p
        SET "Reason" = q."Reason", "QuestionNumber" = q."QuestionNumber", "AskedOn" = q."AskedOn"
        FROM {names.Pending} AS p INNER JOIN @Questions AS q ON p."RecordId" = q."RecordId"
        WHERE p."EntityName" = @EntityName;
        INSERT INTO {names.Pending} ("EntityName", "RecordId", "Reason", "QuestionNumber", "AskedOn")
        SELECT @EntityName, q."RecordId", q."Reason", q."QuestionNumber", q."AskedOn" FROM @Questions AS q
        WHERE NOT EXISTS (
            SELECT 1 FROM {names.Pending} AS p WHERE p."EntityName" = @EntityName AND p."RecordId" = q."RecordId");
        """;

    public string DropQuestions { get; } =
        $"""
        {InTransaction}DELETE FROM {names.Pending}
        WHERE "EntityName" = @EntityName AND "RecordId" IN (SELECT k."Id" FROM @Ids AS k);
        """;

    public string PutSetQuestions { get; } =
        $"""
        {InTransaction}UPDATE p SET "QuestionNumber" = q."QuestionNumber", "AskedOn" = @AskedOn
        FROM {names.PendingSets} AS p
        INNER JOIN @Questions AS q ON p."ColumnName" = q."ColumnName" AND p."Value" = q."Value"
        WHERE p."EntityName" = @EntityName;
        INSERT INTO {names.PendingSets} ("EntityName", "ColumnName", "Value", "QuestionNumber", "AskedOn")
        SELECT @EntityName, q."ColumnName", q."Value", q."QuestionNumber", @AskedOn FROM @Questions AS q
        WHERE NOT EXISTS (
            SELECT 1 FROM {names.PendingSets} AS p
            WHERE p."EntityName" = @EntityName AND p."ColumnName" = q."ColumnName" AND p."Value" = q."Value");
        """;

    public string SaveFacts { get; } =
        $"""
        {InTransaction}UPDATE {names.TableSync} SET "HighestVersion" = @HighestVersion, "LastQuestion" = @LastQuestion
        WHERE "EntityName" = @EntityName;
        """;

    /// <summary>The two ways in which an id may stand in the delete log, as texts.</summary>
    internal static string TextsOf(string id) =>
        $"LOWER(CONVERT(nvarchar(36), {id})), UPPER(CONVERT(nvarchar(36), {id}))";
}
