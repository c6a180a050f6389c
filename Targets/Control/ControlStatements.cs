namespace DataExport.Targets.Control;

/// <summary>
/// The statements of the control database, in the SQL that all engines take. The dialect puts in the schema, and for
/// PostgreSQL it folds the names.
/// </summary>
/// <remarks>
/// Demands on all that write a report:
/// 1. They run in a transaction that holds the control database's lock: nobody inserts between two of them.
/// 2. A report that is written again changes nothing.
/// 3. An older report never replaces a newer one, whichever silo wrote it.
/// 4. No MERGE and no ON CONFLICT: no engine has both.
/// </remarks>
internal static class ControlStatements
{
    public const string ReadVersion = """SELECT MAX("Version") FROM "$(Schema)"."ControlSchema";""";

    public const string SaveVersion =
        """INSERT INTO "$(Schema)"."ControlSchema" ("Version", "AppliedOn") VALUES (@Version, @AppliedOn);""";

    public const string ReadReportTimes =
        """SELECT "ProfileId", "ReportedOn" FROM "$(Schema)"."Profiles" WHERE "DeletedOn" IS NULL;""";

    /// <summary>Tables that the newest report of a profile no longer has.</summary>
    public const string RemoveOtherTables =
        """
        DELETE FROM "$(Schema)"."ProfileTables" WHERE "ProfileId" = @ProfileId AND "ReportedOn" < @ReportedOn;
        """;

    /// <summary>Marks a profile as deleted, unless somebody has reported it lately.</summary>
    public const string MarkGone =
        """
        UPDATE "$(Schema)"."Profiles"
        SET "Status" = 'Deleted', "Message" = NULL, "Pending" = 0,
            "ReportedOn" = @NoticedOn, "ModifiedOn" = @NoticedOn, "DeletedOn" = @NoticedOn
        WHERE "ProfileId" = @ProfileId AND "DeletedOn" IS NULL AND "ReportedOn" <= @SilentSince;
        DELETE FROM "$(Schema)"."ProfileTables"
        WHERE "ProfileId" = @ProfileId AND EXISTS (
            SELECT 1 FROM "$(Schema)"."Profiles" WHERE "ProfileId" = @ProfileId AND "DeletedOn" IS NOT NULL);
        """;

    /// <summary>Measurements of which the silo does not know that they were written.</summary>
    public const string RemoveDoubtedMetrics =
        """
        DELETE FROM "$(Schema)"."SyncMetrics"
        WHERE "ProfileId" = @ProfileId AND "SiloName" = @SiloName AND "MeasuredOn" > @MeasuredSince;
        """;

    public const string Purge =
        """
        DELETE FROM "$(Schema)"."SyncMetrics" WHERE "MeasuredOn" < @Before;
        DELETE FROM "$(Schema)"."Profiles" WHERE "DeletedOn" < @Before;
        """;

    public static string SaveTable { get; } = Update(ControlTables.ProfileTables) + "\n"
        + Insert(ControlTables.ProfileTables);

    public static string SaveMetrics { get; } = Insert(ControlTables.SyncMetrics);

    /// <summary>A profile's row. Its <c>ModifiedOn</c> moves when what a person decides has changed.</summary>
    public static string SaveProfile { get; } = Update(
        ControlTables.Profiles, $"\"ModifiedOn\" = {WhenModified()}", "\"DeletedOn\" = NULL") + "\n"
        + Insert(ControlTables.Profiles, "ModifiedOn", "@ReportedOn");

    private static string WhenModified()
    {
        // None of these is ever null. What else there is of a profile comes and goes with its status.
        string[] decided =
        [
            "Name", "SourceUrl", "Relationships", "DestinationType", "DestinationSchemaName", "DestinationPrefix",
            "WriteDeleteLog", "RetryCountMax", "RetryIntervalSeconds", "Status",
        ];
        var same = string.Join(" AND ", decided.Select(static name => $"\"{name}\" = @{name}"));
        return $"CASE WHEN {same} THEN \"ModifiedOn\" ELSE @ReportedOn END";
    }

    private static string Update(ControlTable table, params string[] others)
    {
        var values = table.Values.Select(static column => $"\"{column.Name}\" = @{column.Name}").Concat(others);
        return $"""
            UPDATE "$(Schema)"."{table.Name}"
            SET {string.Join(", ", values)}
            WHERE {KeyOf(table)} AND "ReportedOn" <= @ReportedOn;
            """;
    }

    private static string Insert(ControlTable table, string? column = null, string? value = null)
    {
        var names = table.Columns.Select(static column => $"\"{column.Name}\"");
        var values = table.Columns.Select(static column => $"@{column.Name}");
        if (column is not null)
        {
            (names, values) = (names.Append($"\"{column}\""), values.Append(value!));
        }

        return $"""
            INSERT INTO "$(Schema)"."{table.Name}" ({string.Join(", ", names)})
            SELECT {string.Join(", ", values)}
            WHERE NOT EXISTS (SELECT 1 FROM "$(Schema)"."{table.Name}" WHERE {KeyOf(table)});
            """;
    }

    private static string KeyOf(ControlTable table) =>
        string.Join(" AND ", table.Keys.Select(static key => $"\"{key.Name}\" = @{key.Name}"));
}
