using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>Opens PostgreSQL targets. Nothing is asked of a server before the target is first used.</summary>
internal sealed class PostgresTargetFactory(IOptions<PostgresTargetOptions> options) : ITargetEngine
{
    private const string Expected =
        "Expected: Host=server;Database=name;Username=user;Password=secret;SSL Mode=VerifyFull.";

    public IReadOnlyList<string> DestinationTypes { get; } = ["postgres", "postgresql"];

    public ITarget Open(ExportProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var schema = PostgresDialect.Instance.Name(ProfileDestination.SchemaOf(profile)).Name;
        var names = new TargetNames(ProfileDestination.PrefixOf(profile), PostgresDialect.Instance, schema);
        return new PostgresTarget(
            ReadConnection(profile.DestinationConnection, options.Value),
            names,
            options.Value,
            extras: TargetExtras.Of(profile));
    }

    /// <summary>
    /// The connection string with what a session needs. The text of a fault never repeats the string: it is a secret.
    /// </summary>
    internal static string ReadConnection(string? connection, PostgresTargetOptions options)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new ProfileException($"DestinationConnection is missing. {Expected}");
        }

        NpgsqlConnectionStringBuilder builder;
        try
        {
            builder = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException
            or OverflowException or KeyNotFoundException)
        {
            // Its message and stack repeat parts of the string.
            throw new ProfileException($"DestinationConnection cannot be read. {Expected}");
        }

        if (FaultOf(builder) is { } fault)
        {
            throw new ProfileException($"DestinationConnection: {fault} {Expected}");
        }

        // Connections are kept by the target itself, with their temporary tables and prepared statements. What a server
        // says of a fault in detail repeats values of the row.
        builder.Pooling = false;
        builder.Enlist = false;
        builder.IncludeErrorDetail = false;
        builder.PersistSecurityInfo = false;
        builder.ApplicationName ??= "DataExport";
        builder.CommandTimeout = (int)options.CommandTimeout.TotalSeconds;
        builder.MaxAutoPrepare = options.PreparedStatementsMax;
        builder.AutoPrepareMinUsages = 2;
        return builder.ConnectionString;
    }

    private static string? FaultOf(NpgsqlConnectionStringBuilder builder) =>
        string.IsNullOrWhiteSpace(builder.Host) ? "Host is missing."
        : builder.Host.Contains(',', StringComparison.Ordinal)
            ? "Host names several servers. Name the one that takes writes."
        : string.IsNullOrWhiteSpace(builder.Database) ? "Database is missing."
        : builder.Multiplexing ? "Multiplexing cannot be used: a batch needs a connection of its own."
        : null;
}
