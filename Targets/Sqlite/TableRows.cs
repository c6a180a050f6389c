using System.Text;
using DataExport.Grains.Fence;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Reads and writes the rows of one table. Decides nothing.</summary>
internal sealed class TableRows
{
    private const int SinkCreatedOnParameter = 2;
    private const int SinkModifiedOnParameter = 3;

    /// <summary>An update keeps <c>SinkCreatedOn</c>, so its parameter is free for the rowid.</summary>
    private const int RowIdParameter = SinkCreatedOnParameter;

    private readonly ColumnBinding?[] _bindings;
    private readonly int _versionParameter;
    private readonly int _primaryIdParameter;
    private readonly int _modifiedOnParameter;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _replace;
    private readonly SqliteStatement _delete;
    private readonly UpdateStatements _updates;

    public TableRows(SqliteDatabase database, TargetTable table, int updateStatementsMax)
    {
        var subject = table.Definition.Name;
        _bindings = ColumnBinding.Of(table);
        _versionParameter = ParameterOf(table, TargetTable.VersionNumberColumn);
        _primaryIdParameter = ParameterOf(table, table.Definition.PrimaryIdColumn);
        _modifiedOnParameter = table.HasModifiedOn ? ParameterOf(table, TargetTable.ModifiedOnColumn) : 0;
        _find = database.Prepare(FindScript(table), subject);
        _insert = database.Prepare(InsertScript(table), subject);
        _replace = database.Prepare(ReplaceScript(table), subject);
        _delete = database.Prepare($"DELETE FROM {table.Name} WHERE {table.RowId()} = ?1", subject);
        _updates = new UpdateStatements(database, table, _bindings, updateStatementsMax);
    }

    /// <summary>Finds a record's row.</summary>
    public RecordRow Find(ReadOnlySpan<byte> recordId)
    {
        _find.Bind(1, recordId);
        if (!_find.Step())
        {
            _find.Reset();
            return default;
        }

        var isProvisional = _find.IsNull(1);
        var held = new HeldRecord(
            isProvisional ? HeldKind.ProvisionalRow : HeldKind.ConfirmedRow,
            isProvisional ? VersionNumber.None : new VersionNumber(_find.Int64(1)),
            _find.Instant(2),
            _find.Instant(3));
        var found = new RecordRow(held, _find.Int64(0));
        _find.Reset();
        return found;
    }

    /// <summary>Inserts a row whose version is known.</summary>
    public void InsertConfirmed(
        ReadOnlySpan<byte> recordId, ColumnValues columns, VersionNumber version, DateTime stamp)
    {
        BindAll(_insert, recordId, columns, stamp, isModifiedOnSent: true);
        _insert.Bind(1, recordId);
        _insert.Bind(SinkCreatedOnParameter, stamp);
        _insert.Bind(_versionParameter, version.Value);
        _insert.Run();
    }

    /// <summary>Inserts a row whose version is not known yet.</summary>
    public void InsertProvisional(
        ReadOnlySpan<byte> recordId, ColumnValues columns, DateTime? modifiedOn, DateTime stamp)
    {
        BindAll(_insert, recordId, columns, stamp, isModifiedOnSent: false);
        _insert.Bind(1, recordId);
        _insert.Bind(SinkCreatedOnParameter, stamp);
        if (_modifiedOnParameter > 0)
        {
            _insert.Bind(_modifiedOnParameter, modifiedOn);
        }

        _insert.Run();
    }

    /// <summary>Replaces all columns of a row. What <paramref name="columns"/> lacks is empty at the source.</summary>
    public void Replace(
        long rowId, ReadOnlySpan<byte> recordId, ColumnValues columns, VersionNumber version, DateTime stamp)
    {
        BindAll(_replace, recordId, columns, stamp, isModifiedOnSent: true);
        _replace.Bind(RowIdParameter, rowId);
        _replace.Bind(_versionParameter, version.Value);
        _replace.Run();
    }

    /// <summary>Writes the sent columns into a row, which becomes provisional.</summary>
    public void Update(long rowId, ColumnValues sent, DateTime modifiedOn, DateTime stamp) =>
        _updates.Update(rowId, sent, modifiedOn, stamp);

    /// <summary>Deletes a row.</summary>
    public void Delete(long rowId)
    {
        _delete.Bind(1, rowId);
        _delete.Run();
    }

    private void BindAll(
        SqliteStatement statement, ReadOnlySpan<byte> recordId, ColumnValues columns, DateTime stamp,
        bool isModifiedOnSent)
    {
        statement.ClearBindings();
        foreach (var value in columns)
        {
            var binding = _bindings[value.Ordinal];
            if (binding is { IsKnownOtherwise: false } && !value.IsNull
                && (isModifiedOnSent || !binding.IsModifiedOn))
            {
                binding.Bind(statement, binding.Parameter, value);
            }
        }

        statement.Bind(SinkModifiedOnParameter, stamp);
        if (_primaryIdParameter > 0)
        {
            statement.Bind(_primaryIdParameter, recordId);
        }
    }

    private static int ParameterOf(TargetTable table, string column)
    {
        for (var index = 0; index < table.Columns.Length; index++)
        {
            if (table.Columns[index].Name.Name == column)
            {
                return index + 1;
            }
        }

        return 0;
    }

    private static string FindScript(TargetTable table)
    {
        var modifiedOn = table.HasModifiedOn ? $"\"{TargetTable.ModifiedOnColumn}\"" : "NULL";
        return $"""
            SELECT {table.RowId()}, "{TargetTable.VersionNumberColumn}", {modifiedOn}, "{TargetTable.SinkModifiedOn}"
            FROM {table.Name} WHERE "{TargetTable.Id}" = ?1
            """;
    }

    private static string InsertScript(TargetTable table)
    {
        var names = string.Join(", ", table.Columns.Select(column => column.Name.ToString()));
        var parameters = string.Join(", ", Enumerable.Range(1, table.Columns.Length).Select(number => $"?{number}"));
        return $"INSERT INTO {table.Name} ({names}) VALUES ({parameters})";
    }

    private static string ReplaceScript(TargetTable table)
    {
        var script = new StringBuilder($"UPDATE {table.Name} SET ");
        for (var parameter = SinkModifiedOnParameter; parameter <= table.Columns.Length; parameter++)
        {
            script.Append(parameter > SinkModifiedOnParameter ? ", " : "");
            script.Append($"{table.Columns[parameter - 1].Name} = ?{parameter}");
        }

        return script.Append($" WHERE {table.RowId()} = ?{RowIdParameter}").ToString();
    }
}
