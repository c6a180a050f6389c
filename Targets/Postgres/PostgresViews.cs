using DataExport.Targets.Layout;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>Makes views for reports, and takes them out of the way of a column that is widened.</summary>
internal sealed class PostgresViews(NpgsqlConnection connection, TargetNames names)
{
    /*
    What has the name of a view: of a view its remark, which says whether it is ours, and its columns in order.

    Demand: whatever the object is. Indexes, sequences and types share the names of tables.
    */
    private const string KeptStatement =
        """
        SELECT c.relname, CASE WHEN c.relkind = 'v' THEN COALESCE(obj_description(c.oid, 'pg_class'), '') ELSE '' END,
            ARRAY(
                SELECT a.attname::text FROM pg_attribute AS a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = ANY ($2)
        """;

    /*
    The views of ours over a table, or that of a name, with all that makes them what they are.

    Demands:
    1. Whatever this process knows of them: one of an older version may widen a column that a newer view shows.
    2. What readers were granted.
    */
    private const string AsideStatement =
        """
        SELECT format('%I.%I', n.nspname, v.relname), pg_get_viewdef(v.oid), obj_description(v.oid, 'pg_class'),
            COALESCE(' WITH (' || array_to_string(v.reloptions, ', ') || ')', ''),
            ARRAY(
                SELECT format(
                    'GRANT %s ON %I.%I TO %s%s', g.privilege_type, n.nspname, v.relname,
                    CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
                    CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                FROM aclexplode(v.relacl) AS g)
        FROM pg_class AS v JOIN pg_namespace AS n ON n.oid = v.relnamespace
        WHERE v.relkind = 'v' AND obj_description(v.oid, 'pg_class') LIKE $3
            AND (n.nspname = $1 AND v.relname = $2 OR EXISTS (
                SELECT 1 FROM pg_rewrite AS r
                JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                JOIN pg_class AS c ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
                JOIN pg_namespace AS s ON s.oid = c.relnamespace
                WHERE r.ev_class = v.oid AND c.oid <> v.oid AND s.nspname = $1 AND c.relname = $2))
        ORDER BY 1
        """;

    /// <summary>What is there of objects that have the name of a view.</summary>
    public async Task<KeptViews> ReadAsync(IEnumerable<ReportView> views, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(KeptStatement)
            .Add(names.Schema).Add(views.Select(static view => view.Name.Name).ToArray()));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var kept = new KeptViews([], []);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            kept.Remarks.Add(reader.GetString(0), reader.GetString(1));
            kept.Columns.Add(reader.GetString(0), reader.GetFieldValue<string[]>(2));
        }

        return kept;
    }

    /// <summary>
    /// Makes a view, or replaces it, which is better where it can be: other views and the rights of readers hang on it.
    /// It cannot take a column away, nor change the order or the type of one that is there.
    /// </summary>
    public async Task ReplaceAsync(ReportView view, CancellationToken cancellationToken)
    {
        var kept = await ReadAsync([view], cancellationToken).ConfigureAwait(false);
        var before = kept.Columns.GetValueOrDefault(view.Name.Name) ?? [];
        await ExecuteAsync(Statements(view, before), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a view away and makes it anew, with what readers were granted.</summary>
    public async Task MakeAnewAsync(ReportView view, CancellationToken cancellationToken)
    {
        var aside = await SetAsideAsync(view.Name, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            [.. Statements(view), .. aside.SelectMany(static each => each.Grants)], cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The statements that make a view, with these columns first.</summary>
    public static IEnumerable<string> Statements(ReportView view, params IReadOnlyList<string> first) =>
    [
        $"CREATE OR REPLACE VIEW {view.Name} AS\n{view.Query(first)}",
        RemarkStatement(view.Name.ToString(), view.Note),
    ];

    /// <summary>Takes the views of ours away that show a table, or the view of that name.</summary>
    /// <returns>How to have them again.</returns>
    public async Task<List<ViewAside>> SetAsideAsync(TableName name, CancellationToken cancellationToken)
    {
        var views = await ReadAsideAsync(name, cancellationToken).ConfigureAwait(false);

        // Never with what hangs on them: that is somebody else's.
        await ExecuteAsync(views.Select(static view => $"DROP VIEW {view.Name}"), cancellationToken)
            .ConfigureAwait(false);
        return views;
    }

    /// <summary>Makes views again that were taken away: over the columns as they are now.</summary>
    public Task RestoreAsync(IEnumerable<ViewAside> views, CancellationToken cancellationToken) => ExecuteAsync(
        views.SelectMany(static view => (string[])
        [
            $"CREATE VIEW {view.Name}{view.Options} AS {view.Query}", RemarkStatement(view.Name, view.Remark),
            .. view.Grants,
        ]),
        cancellationToken);

    private async Task<List<ViewAside>> ReadAsideAsync(TableName name, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AsideStatement)
            .Add(names.Schema).Add(name.Name).Add($"{ReportView.Mark}%"));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var views = new List<ViewAside>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            views.Add(new ViewAside(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                reader.GetFieldValue<string[]>(4)));
        }

        return views;
    }

    private static string RemarkStatement(string view, string remark) =>
        $"COMMENT ON VIEW {view} IS {PostgresDialect.Instance.Literal(remark)}";

    private async Task ExecuteAsync(IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>What is there of objects that have the name of a view, by their names.</summary>
/// <param name="Remarks">The remarks of views; empty for all else.</param>
/// <param name="Columns">Their columns, in order.</param>
internal sealed record KeptViews(Dictionary<string, string> Remarks, Dictionary<string, string[]> Columns);

/// <summary>A view that was taken away, in the server's words.</summary>
/// <param name="Name">Its name, as a statement holds it.</param>
/// <param name="Query">Its query.</param>
/// <param name="Remark">What tells that it is ours.</param>
/// <param name="Options">Options that somebody set, as a statement holds them.</param>
/// <param name="Grants">The statements that grant what was granted.</param>
internal sealed record ViewAside(string Name, string Query, string Remark, string Options, string[] Grants);
