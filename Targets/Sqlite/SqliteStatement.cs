using System.Runtime.CompilerServices;
using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace DataExport.Targets.Sqlite;

/// <summary>A prepared statement. Values go in as UTF-8 and numbers; nothing is boxed and no string is made.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle, string subject)
{
    /// <summary>The statement itself.</summary>
    public string Sql => sqlite3_sql(handle).utf8_to_string();

    public void Bind(int parameter, long value) => Check(sqlite3_bind_int64(handle, parameter, value));

    public void Bind(int parameter, double value) => Check(sqlite3_bind_double(handle, parameter, value));

    public void Bind(int parameter, ReadOnlySpan<byte> utf8) => Check(sqlite3_bind_text(handle, parameter, utf8));

    public void BindNull(int parameter) => Check(sqlite3_bind_null(handle, parameter));

    [SkipLocalsInit]
    public void Bind(int parameter, Guid value)
    {
        Span<byte> utf8 = stackalloc byte[SqliteText.GuidBytes];
        SqliteText.Write(value, utf8);
        Check(sqlite3_bind_text(handle, parameter, utf8));
    }

    [SkipLocalsInit]
    public void Bind(int parameter, DateTime value)
    {
        Span<byte> utf8 = stackalloc byte[SqliteText.InstantBytes];
        SqliteText.Write(value, utf8);
        Check(sqlite3_bind_text(handle, parameter, utf8));
    }

    /// <summary>Binds text, or nothing. For paths that are not hot.</summary>
    public void Bind(int parameter, string? value)
    {
        if (value is null)
        {
            BindNull(parameter);
            return;
        }

        Bind(parameter, Encoding.UTF8.GetBytes(value));
    }

    public void Bind(int parameter, DateTime? value)
    {
        if (value is { } instant)
        {
            Bind(parameter, instant);
            return;
        }

        BindNull(parameter);
    }

    public void Bind(int parameter, Guid? value)
    {
        if (value is { } id)
        {
            Bind(parameter, id);
            return;
        }

        BindNull(parameter);
    }

    /// <summary>Sets every parameter to nothing.</summary>
    public void ClearBindings() => _ = sqlite3_clear_bindings(handle);

    /// <summary>Goes to the next row. A failure resets the statement, or it would keep the transaction open.</summary>
    public bool Step()
    {
        var code = sqlite3_step(handle);
        if (code is SQLITE_ROW or SQLITE_DONE)
        {
            return code == SQLITE_ROW;
        }

        try
        {
            database.Check(code, subject);
            return false;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs to the end, and makes ready to run again.</summary>
    public void Run()
    {
        _ = Step();
        Reset();
    }

    /// <summary>Makes ready to run again; the parameters keep their values.</summary>
    public void Reset() => _ = sqlite3_reset(handle);

    public bool IsNull(int column) => sqlite3_column_type(handle, column) == SQLITE_NULL;

    public long Int64(int column) => sqlite3_column_int64(handle, column);

    /// <summary>The text of a column, valid until the next call on this statement.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A time; <see langword="null"/> when there is none or it cannot be read as one.</summary>
    public DateTime? Instant(int column) =>
        !IsNull(column) && SqliteText.TryRead(Utf8(column), out var value) ? value : null;

    /// <summary>Steps to the end; the ids of the first column.</summary>
    public List<Guid> ReadIds()
    {
        var ids = new List<Guid>();
        while (Step())
        {
            ids.Add(SqliteText.ReadGuid(Utf8(0)));
        }

        return ids;
    }

    internal void Close() => handle.Dispose();

    private void Check(int code)
    {
        if (code != SQLITE_OK)
        {
            database.Check(code, subject);
        }
    }
}
