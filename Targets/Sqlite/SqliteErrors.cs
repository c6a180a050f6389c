using DataExport.Grains.Ports;
using static SQLitePCL.raw;

namespace DataExport.Targets.Sqlite;

/// <summary>What SQLite's result codes mean for a merge. Nothing else compares them.</summary>
internal static class SqliteErrors
{
    private const int PrimaryCodeMask = 0xFF;
    private const int ConstraintTrigger = SQLITE_CONSTRAINT | (7 << 8);

    /// <summary>The same may succeed later, on this connection.</summary>
    internal static bool IsBusy(int code) => (code & PrimaryCodeMask) is
        SQLITE_BUSY        // Another connection holds the write lock.
        or SQLITE_LOCKED   // A statement of this connection is in the way.
        or SQLITE_FULL;    // The disk is full, or the database has reached its page limit.

    /// <summary>The same may succeed later, once somebody has looked; the connection is opened anew.</summary>
    internal static bool IsAway(int code) => (code & PrimaryCodeMask) is
        SQLITE_IOERR       // The file system failed.
        or SQLITE_CANTOPEN // The file or its folder is missing or not ours to open.
        or SQLITE_NOMEM
        or SQLITE_PROTOCOL // The write-ahead log's locks were lost to a race.
        or SQLITE_READONLY // A right is missing. No row is to blame, so no row is given up.
        or SQLITE_PERM
        or SQLITE_AUTH
        or SQLITE_CORRUPT  // The file is damaged. It must be mended or replaced, then everything goes on.
        or SQLITE_NOTADB;

    /// <summary>
    /// Somebody dropped or renamed a table or column: no row is to blame, so no row is given up. The connection is
    /// opened anew, for its statements are of the old schema.
    /// </summary>
    internal static bool LacksSchema(int code, string text) => (code & PrimaryCodeMask) is SQLITE_ERROR
        && (text.StartsWith("no such ", StringComparison.Ordinal)
            || text.Contains(" has no column named ", StringComparison.Ordinal));

    /// <summary>
    /// Whether provisioning gives up: the file is no database of ours, or a right is missing. Told by the code that an
    /// exception carries as its <see cref="Exception.HResult"/>.
    /// </summary>
    internal static bool IsForGood(int code) => (code & PrimaryCodeMask) is
        SQLITE_READONLY or SQLITE_PERM or SQLITE_AUTH or SQLITE_NOTADB && code is > 0 and <= short.MaxValue;

    /// <summary>The row will never be taken.</summary>
    internal static bool RefusesData(int code) => (code & PrimaryCodeMask) is
        SQLITE_CONSTRAINT  // NOT NULL, UNIQUE, CHECK, foreign key, or RAISE in a trigger.
        or SQLITE_TOOBIG   // Text or row longer than SQLite's limit.
        or SQLITE_MISMATCH // A rowid or a column of a STRICT table of another type.
        or SQLITE_RANGE;

    /// <summary>Makes the exception of a failed call. It holds no value of a record.</summary>
    internal static Exception ToException(int code, string text, string subject)
    {
        if (IsBusy(code))
        {
            return new TargetUnavailableException($"{subject}: the database is busy or full ({code}: {text}).");
        }

        if (IsAway(code) || LacksSchema(code, text))
        {
            return new TargetUnavailableException($"{subject}: the database cannot be used ({code}: {text}).")
            {
                HResult = code,
            };
        }

        if (!RefusesData(code))
        {
            return new InvalidOperationException($"{subject}: SQLite answered {code}: {text}.");
        }

        // What a trigger raises is the trigger's own text, which may repeat values of the row.
        var told = code == ConstraintTrigger ? "a trigger raised an error" : text;
        return new TargetRefusedException($"{subject}: the row was refused ({code}: {told}).");
    }
}
