using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Options;

namespace DataExport.Targets.SqlServer;

/// <summary>Opens SQL Server targets. Nothing is asked of a server before the target is first used.</summary>
internal sealed class SqlServerTargetFactory(IOptions<SqlServerTargetOptions> options) : ITargetEngine
{
    private const string Expected =
        "Expected: Server=server;Database=name;User ID=user;Password=secret, or Authentication=Active Directory "
        + "Managed Identity in place of user and password.";

    /// <summary>The second is DES's own word.</summary>
    public IReadOnlyList<string> DestinationTypes { get; } = ["sqlserver", "sqlazure"];

    public ITarget Open(ExportProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var names = new TargetNames(
            ProfileDestination.PrefixOf(profile), SqlServerDialect.Instance, ProfileDestination.SchemaOf(profile));
        return new SqlServerTarget(
            ReadConnection(profile.DestinationConnection), names, options.Value, extras: TargetExtras.Of(profile));
    }

    /// <summary>
    /// The connection string with what a session needs. The text of a fault never repeats the string: it is a secret.
    /// </summary>
    internal static string ReadConnection(string? connection)
    {
        if (string.IsNullOrWhiteSpace(connection))
        {
            throw new ProfileException($"DestinationConnection is missing. {Expected}");
        }

        SqlConnectionStringBuilder builder;
        try
        {
            builder = new SqlConnectionStringBuilder(connection);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException
            or OverflowException or KeyNotFoundException or NotSupportedException or InvalidOperationException)
        {
            // Its message and stack repeat parts of the string.
            throw new ProfileException($"DestinationConnection cannot be read. {Expected}");
        }

        if (FaultOf(builder) is { } fault)
        {
            throw new ProfileException($"DestinationConnection: {fault} {Expected}");
        }

        builder.Enlist = false;
        builder.PersistSecurityInfo = false;
        if (!builder.ShouldSerialize("Application Name"))
        {
            builder.ApplicationName = "DataExport";
        }

        return builder.ConnectionString;
    }

    private static string? FaultOf(SqlConnectionStringBuilder builder) =>
        string.IsNullOrWhiteSpace(builder.DataSource) ? "Server is missing."
        : builder.AttachDBFilename.Length > 0
            ? "AttachDbFilename cannot be used: the database must be attached to a server that all silos reach."
        : builder.UserInstance ? "User Instance cannot be used: it ends with who started it."
        : string.IsNullOrWhiteSpace(builder.InitialCatalog) ? "Database is missing."
        : builder.MultipleActiveResultSets
            ? "MultipleActiveResultSets cannot be used: a batch needs a connection of its own. Leave it out."
        : builder.ApplicationIntent is ApplicationIntent.ReadOnly
            ? "ApplicationIntent=ReadOnly leads to a replica that cannot be written to. Leave it out."
        : FaultOfLogin(builder);

    private static string? FaultOfLogin(SqlConnectionStringBuilder builder) => builder.Authentication switch
    {
        SqlAuthenticationMethod.ActiveDirectoryInteractive or SqlAuthenticationMethod.ActiveDirectoryDeviceCodeFlow =>
            "Authentication needs somebody who signs in, and nobody is there.",
        SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword
            when !builder.IntegratedSecurity && (builder.UserID.Length == 0 || builder.Password.Length == 0) =>
            "User ID and Password are missing, and no Authentication is named.",
        _ => null,
    };
}
