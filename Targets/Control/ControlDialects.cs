using System.Text.RegularExpressions;

namespace DataExport.Targets.Control;

/// <summary>Which engine the options name, and what is wrong with them.</summary>
internal static partial class ControlDialects
{
    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";
    private const string SqlServer = "sqlserver";
    private const string Section = ControlDatabaseOptions.Section;

    /// <summary>The dialect of options without a fault.</summary>
    public static ControlDialect Of(ControlDatabaseOptions options) => TypeOf(options) switch
    {
        Sqlite => new SqliteDialect(options.Connection!, options.CommandTimeout),
        Postgres => new PostgresDialect(
            options.Connection!, options.Schema ?? PostgresDialect.SchemaDefault, options.CommandTimeout),
        SqlServer => new SqlServerDialect(
            options.Connection!, options.Schema ?? SqlServerDialect.SchemaDefault, options.CommandTimeout),
        _ => throw new InvalidOperationException("There is no control database."),
    };

    /// <summary>
    /// What is wrong with the options: key, fault and remedy. The connection string is never repeated, nor what its
    /// readers say of it: it is a secret.
    /// </summary>
    public static string? FaultOf(ControlDatabaseOptions options)
    {
        if (options.IsOff)
        {
            return null;
        }

        if (TypeOf(options) is not (Sqlite or Postgres or SqlServer))
        {
            return $"{Section}:Type is missing or not known. Use {Sqlite}, {Postgres} or {SqlServer}; or "
                + $"{ControlDatabaseOptions.None}, for no control database.";
        }

        if (string.IsNullOrWhiteSpace(options.Connection))
        {
            return $"{Section}:Connection is missing. Give the connection string of the control database, or set "
                + $"{Section}:Type to {ControlDatabaseOptions.None}.";
        }

        return SchemaFaultOf(options) ?? ConnectionFaultOf(options);
    }

    private static string? TypeOf(ControlDatabaseOptions options) => options.Type?.Trim().ToLowerInvariant();

    private static string? SchemaFaultOf(ControlDatabaseOptions options) => options.Schema switch
    {
        null => null,
        _ when TypeOf(options) is Sqlite => $"{Section}:Schema is set, and SQLite has no schemas. Leave it out.",
        { } schema when !SchemaName().IsMatch(schema) =>
            $"{Section}:Schema is no name of a schema. Use letters, digits and underscores, 63 at most.",
        _ => null,
    };

    private static string? ConnectionFaultOf(ControlDatabaseOptions options)
    {
        try
        {
            var fault = TypeOf(options) switch
            {
                Sqlite => SqliteDialect.FaultOf(options.Connection!),
                Postgres => PostgresDialect.FaultOf(options.Connection!),
                _ => SqlServerDialect.FaultOf(options.Connection!),
            };
            return fault is null ? null : $"{Section}:Connection {fault}";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException
            or InvalidOperationException or NotSupportedException)
        {
            return $"{Section}:Connection cannot be read as a connection string of {TypeOf(options)}. "
                + "Correct it: keys and values are written Key=value, with semicolons between them.";
        }
    }

    // What PostgreSQL takes at most; the others take more.
    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,62}\\z")]
    private static partial Regex SchemaName();
}
