using DataExport.Targets.Layout;

namespace DataExport.Targets.SqlServer;

/// <summary>The statements beside the merge: sync states, and what asks the source.</summary>
internal sealed class ReaderStatements(TargetNames names)
{
    private const string StateColumns =
        """
        "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone", "RowsTotal", "IsResync", "LastDeltaOn", "Message",
        "Scope", "RefreshedOn", "NewestId", "NewestVersion", "DeltaHasIdsOnly"
        """;

    private const string StateParameters =
        "@Phase, @NextLink, @DeltaLink, @BeganOn, @RowsDone, @RowsTotal, @IsResync, @LastDeltaOn, @Message, @Scope, "
        + "@RefreshedOn, @NewestId, @NewestVersion, @DeltaHasIdsOnly";

    public string States { get; } = $"""SELECT "EntityName", {StateColumns} FROM {names.TableSync};""";

    /// <summary>The highest version number and the last question's number stay as they are.</summary>
    public string SaveState { get; } =
        $"""
        UPDATE {names.TableSync} SET "Phase" = @Phase, "NextLink" = @NextLink, "DeltaLink" = @DeltaLink,
            "BeganOn" = @BeganOn, "RowsDone" = @RowsDone, "RowsTotal" = @RowsTotal, "IsResync" = @IsResync,
            "LastDeltaOn" = @LastDeltaOn, "Message" = @Message, "Scope" = @Scope,
            "RefreshedOn" = @RefreshedOn, "NewestId" = @NewestId, "NewestVersion" = @NewestVersion,
            "DeltaHasIdsOnly" = @DeltaHasIdsOnly
        WHERE "EntityName" = @EntityName;
        INSERT INTO {names.TableSync} ("EntityName", {StateColumns})
        SELECT @EntityName, {StateParameters}
        WHERE NOT EXISTS (SELECT 1 FROM {names.TableSync} WHERE "EntityName" = @EntityName);
        """;

    /// <summary>
    /// Old entries, but for records about which a question is open: its answer looks for their stamp.
    /// </summary>
    public string ExpireLog { get; } =
        $"""
        DELETE FROM {names.DeleteLog} WHERE "Id" IN (
            SELECT TOP (@RowsMax) d."Id" FROM {names.DeleteLog} AS d
            WHERE d."EntityName" = @EntityName AND d."SinkDeleteTime" < @Before AND LOWER(d."RecordId") NOT IN (
                SELECT LOWER(CONVERT(nvarchar(36), p."RecordId")) FROM {names.Pending} AS p
                WHERE p."EntityName" = @EntityName));
        """;

    public string CountQuestions { get; } =
        $"""
        SELECT asked."EntityName", COUNT_BIG(*) FROM (
            SELECT "EntityName" FROM {names.Pending} UNION ALL SELECT "EntityName" FROM {names.PendingSets}) AS asked
        GROUP BY asked."EntityName";
        """;

    /*
    The oldest questions of a table with the stamps of their records.

    Demands:
    1. A question first and then its record, so that the stamp is never of an earlier moment than the number: a fetch
       that is sent with an older stamp than its number would settle a question that it does not answer.
    2. A row's stamp is its own even where it is null; a tombstone counts only for a record that has no row.
    3. What is read grows with the limit, never with the number of questions or rows.
    */
    public string OldestQuestions(TargetTable table) =>
        $"""
        SELECT TOP (@RowsMax) p."RecordId", p."Reason", p."QuestionNumber", p."AskedOn",
            CASE WHEN r."Id" IS NOT NULL THEN r."SinkModifiedOn"
            ELSE (
                SELECT d."SinkDeleteTime" FROM {names.DeleteLog} AS d
                WHERE d."Id" = (
                    SELECT MAX(e."Id") FROM {names.DeleteLog} AS e
                    WHERE e."EntityName" = @EntityName
                        AND e."RecordId" IN ({SqlServerStatements.TextsOf("p.\"RecordId\"")})))
            END
        FROM {names.Pending} AS p LEFT JOIN {table.Name} AS r ON r."Id" = p."RecordId"
        WHERE p."EntityName" = @EntityName AND p."QuestionNumber" > @AfterNumber
        ORDER BY p."QuestionNumber"
        OPTION (FORCE ORDER, LOOP JOIN);
        """;

    public string OldestSetQuestions { get; } =
        $"""
        SELECT TOP (@RowsMax) "ColumnName", "Value", "QuestionNumber", "AskedOn" FROM {names.PendingSets}
        WHERE "EntityName" = @EntityName AND "QuestionNumber" > @AfterNumber AND "AskedOn" <= @AskedUntil
        ORDER BY "QuestionNumber";
        """;

    /// <summary>A question that was put again since has a higher number, and stays.</summary>
    public string SettleSets { get; } =
        $"""
        DELETE p FROM {names.PendingSets} AS p
        INNER JOIN @Questions AS q ON p."ColumnName" = q."ColumnName" AND p."Value" = q."Value"
            AND p."QuestionNumber" <= q."QuestionNumber"
        WHERE p."EntityName" = @EntityName;
        """;

    public string SettleSetsAskedBefore { get; } =
        $"""DELETE FROM {names.PendingSets} WHERE "EntityName" = @EntityName AND "AskedOn" < @Began;""";

    /// <summary>The next rows by id that are older than a time.</summary>
    public static string OldRows(TargetTable table) =>
        $"""
        SELECT TOP (@RowsMax) "Id" FROM {table.Name}
        WHERE "Id" > @AfterId AND ("SinkModifiedOn" < @Began OR "SinkModifiedOn" IS NULL) ORDER BY "Id";
        """;

    public static string RowsOfSet(TargetTable table, string column) =>
        $"""SELECT "Id" FROM {table.Name} WHERE {table.Dialect.Name(column)} = @Value;""";

    public static string CountRows(TargetTable table) => $"SELECT COUNT_BIG(*) FROM {table.Name};";
}
