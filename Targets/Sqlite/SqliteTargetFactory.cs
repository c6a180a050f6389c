using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace DataExport.Targets.Sqlite;

/// <summary>Opens SQLite targets. Nothing is touched on disk before the target is provisioned.</summary>
internal sealed class SqliteTargetFactory(IOptions<SqliteTargetOptions> options, TimeProvider clock) : ITargetEngine
{
    private const string Expected = "Expected: Data Source=path of the database file.";

    public IReadOnlyList<string> DestinationTypes { get; } = ["sqlite"];

    public ITarget Open(ExportProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.DestinationSchemaName is not ("" or "dbo"))
        {
            throw new ProfileException("DestinationSchemaName: SQLite has no schemas. Leave it out or say 'dbo'.");
        }

        var file = ReadConnection(profile.DestinationConnection);
        return new SqliteTarget(
            file, ProfileDestination.PrefixOf(profile), options.Value, clock, TargetExtras.Of(profile));
    }

    /// <summary>
    /// Takes the file out of a connection string. The text of a fault never repeats the string: it is a secret.
    /// </summary>
    private static string ReadConnection(string? connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new ProfileException($"DestinationConnection is missing. {Expected}");
        }

        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connection);
        }
        catch (ArgumentException)
        {
            // Its message and stack repeat parts of the string.
            throw new ProfileException($"DestinationConnection cannot be read. {Expected}");
        }

        if (FaultOf(builder) is { } fault)
        {
            throw new ProfileException($"DestinationConnection: {fault}");
        }

        return builder.DataSource;
    }

    private static string? FaultOf(SqliteConnectionStringBuilder builder) =>
        string.IsNullOrWhiteSpace(builder.DataSource) ? "Data Source, the path of the database file, is missing."
        : builder.DataSource is ":memory:" || builder.Mode is SqliteOpenMode.Memory
            ? "a database in memory is lost with the process and cannot be read beside the writer. Name a file."
        : builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            ? "Data Source is a path here, not a URI."
        : builder.Mode is SqliteOpenMode.ReadOnly ? "Mode=ReadOnly cannot be written to."
        : builder.Cache is SqliteCacheMode.Shared ? "Cache=Shared would let readers block the writer. Leave it out."
        : builder.Password.Length > 0 ? "this build of SQLite has no encryption: leave Password out."
        : null;
}
