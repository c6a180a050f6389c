using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Sessions;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.SqlServer;

/// <summary>The connections of a SQL Server target.</summary>
internal sealed class SqlServerSessions(string connectionString, SqlServerTargetOptions options)
    : TargetSessions<SqlServerSession>(options)
{
    protected override async Task<SqlServerSession> OpenAsync(string subject, CancellationToken cancellationToken)
    {
        try
        {
            return await SqlServerSession.OpenAsync(connectionString, options, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (SqlException or OperationCanceledException))
        {
            throw new TargetUnavailableException($"{subject}: no connection could be had. {WhyNot(exception)}");
        }
    }

    /// <summary>
    /// A connection that broke before a call has no number: the driver's text for it may name the server.
    /// </summary>
    protected override Exception? MeaningOf(
        Exception exception, SqlServerSession? session, string subject, bool isProvisioning) =>
        SqlServerErrors.ToException(exception, subject, isProvisioning)
        ?? (exception is InvalidOperationException && session is { IsClosed: true }
            ? new TargetUnavailableException($"{subject}: the connection broke.")
            : null);

    /// <summary>
    /// Why the driver has no connection. In words of our own: its text may name servers and users, as when its pool has
    /// none in time, or whoever gives out tokens is away.
    /// </summary>
    internal static string WhyNot(Exception exception) => exception is NotSupportedException && !KnowsCultures
        ? "SQL Server's client needs the ICU library, which this machine lacks: install it (Debian: libicu72, Alpine: "
            + "icu-libs) and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT."
        : $"The client answered {exception.GetType().Name}.";

    /// <summary>False where .NET was told to do without cultures, or found no library that has them.</summary>
    private static bool KnowsCultures
    {
        get
        {
            try
            {
                return CultureInfo.GetCultureInfo("en-US").EnglishName != "en-US";
            }
            catch (CultureNotFoundException)
            {
                return false;
            }
        }
    }
}
