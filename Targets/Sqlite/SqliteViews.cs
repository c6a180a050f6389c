using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Makes the views of a profile. Runs inside the caller's transaction.</summary>
internal static class SqliteViews
{
    private const string Subject = "Views";

    /// <summary>The plans of tables with what is to be done for their views.</summary>
    /// <param name="database">The database; <see langword="null"/> if there is none yet.</param>
    /// <param name="plans">The tables, as they will be.</param>
    /// <param name="names">The names in the target.</param>
    internal static IReadOnlyList<SchemaPlan> Plan(
        SqliteDatabase? database, IReadOnlyList<SchemaPlan> plans, TargetNames names)
    {
        var ofTables = TableViews.Of(plans, names);
        var kept = new Dictionary<string, string>(SqliteDialect.Instance.NameComparer);
        if (database is not null)
        {
            Read(database, ofTables.SelectMany(static each => each.Views), kept);
        }

        return [.. ofTables.Select(each => each.Plan(kept))];
    }

    /// <summary>Makes a view, or makes it anew. Nothing hangs on it that a new one would not have.</summary>
    internal static void Make(SqliteDatabase database, ReportView view)
    {
        database.Execute($"DROP VIEW IF EXISTS {view.Name}", Subject);
        database.Execute(view.CreateScript(), Subject);
    }

    /// <summary>SQLite keeps the text of a statement with its remarks; what is no view tells nothing.</summary>
    private static void Read(SqliteDatabase database, IEnumerable<ReportView> views, Dictionary<string, string> kept)
    {
        var statement = database.Prepare(
            """
            SELECT CASE "type" WHEN 'view' THEN "sql" ELSE '' END FROM sqlite_schema WHERE "name" = ?1 COLLATE NOCASE
            """,
            Subject);
        foreach (var view in views)
        {
            statement.Bind(1, view.Name.Name);
            if (statement.Step())
            {
                kept[view.Name.Name] = statement.Text(0);
            }

            statement.Reset();
        }

        database.Forget(statement);
    }
}
