using System.Data;
using System.Data.Common;

namespace DataExport.Targets.Control;

/// <summary>What differs between the engines of the control database.</summary>
internal abstract class ControlDialect(string schema, TimeSpan patience)
{
    /// <summary>The engine in the names of its scripts.</summary>
    public abstract string Engine { get; }

    /// <summary>The schema of our tables.</summary>
    public string Schema => schema;

    /// <summary>How long one statement may take, waiting for others included.</summary>
    public TimeSpan Patience => patience;

    /// <summary>Counts our tables of one name, in any state of the database.</summary>
    public abstract string CountTables { get; }

    /// <summary>Creates the schema unless it is there; <see langword="null"/> where there are none.</summary>
    public abstract string? CreateSchema { get; }

    /// <summary>Opens a connection.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Begins a transaction that holds the lock of our schema: no other that was begun here runs at the same time.
    /// </summary>
    public abstract Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>A statement of ours as this engine takes it.</summary>
    public virtual string TextOf(string sql) => sql.Replace("$(Schema)", schema, StringComparison.Ordinal);

    /// <summary>Gives a parameter its value. Times are UTC and whole milliseconds.</summary>
    public virtual void Bind(DbParameter parameter, DbType type, object? value)
    {
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
    }
}
