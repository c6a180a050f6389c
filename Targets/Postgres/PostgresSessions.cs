using DataExport.Targets.Sessions;

namespace DataExport.Targets.Postgres;

/// <summary>The connections of a PostgreSQL target.</summary>
internal sealed class PostgresSessions(string connectionString, PostgresTargetOptions options)
    : TargetSessions<PostgresSession>(options)
{
    protected override Task<PostgresSession> OpenAsync(string subject, CancellationToken cancellationToken) =>
        PostgresSession.OpenAsync(connectionString, options, cancellationToken);

    protected override Exception? MeaningOf(
        Exception exception, PostgresSession? session, string subject, bool isProvisioning) =>
        PostgresErrors.ToException(exception, subject, isProvisioning);

    protected override bool IsOfOldSchema(Exception exception) => PostgresErrors.IsOfOldSchema(exception);
}
