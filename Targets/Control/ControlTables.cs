using System.Data;

namespace DataExport.Targets.Control;

/// <summary>
/// The tables of the control database. The scripts create the same columns; <c>ModifiedOn</c> and <c>DeletedOn</c> of
/// a profile are the statements' own.
/// </summary>
internal static class ControlTables
{
    private const int IdLetters = 32;
    private const int NameLetters = 128;
    private const int TextLetters = 4_000;

    private static readonly ControlColumn s_profileId = new("ProfileId", DbType.String, IdLetters);
    private static readonly ControlColumn s_message = new("Message", DbType.String, TextLetters);
    private static readonly ControlColumn s_reportedOn = new("ReportedOn", DbType.DateTime);
    private static readonly ControlColumn s_siloName = new("SiloName", DbType.String, NameLetters);

    public static ControlTable Profiles { get; } = new(
        "Profiles",
        keys: 1,
        s_profileId,
        new("Name", DbType.String, NameLetters),
        new("OrganizationId", DbType.Guid),
        new("SourceUrl", DbType.String, TextLetters),
        new("Relationships", DbType.String, TextLetters),
        new("DestinationType", DbType.String, IdLetters),
        new("DestinationSchemaName", DbType.String, NameLetters),
        new("DestinationPrefix", DbType.String, IdLetters),
        new("WriteDeleteLog", DbType.Boolean),
        new("RetryCountMax", DbType.Int64),
        new("RetryIntervalSeconds", DbType.Int64),
        new("Status", DbType.String, IdLetters),
        s_message,
        new("Pending", DbType.Int64),
        new("RecordsFailed", DbType.Int64),
        new("CreatedOn", DbType.DateTime),
        new("ActivatedOn", DbType.DateTime),
        s_reportedOn,
        s_siloName);

    public static ControlTable ProfileTables { get; } = new(
        "ProfileTables",
        keys: 2,
        s_profileId,
        new("TableName", DbType.String, NameLetters),
        new("Phase", DbType.String, IdLetters),
        new("RowsDone", DbType.Int64),
        new("RowsTotal", DbType.Int64),
        new("Pending", DbType.Int64),
        new("LastDeltaOn", DbType.DateTime),
        s_message,
        s_reportedOn);

    public static ControlTable SyncMetrics { get; } = new(
        "SyncMetrics",
        keys: 3,
        s_profileId,
        s_siloName,
        new("MeasuredOn", DbType.DateTime),
        new("MeasuredSince", DbType.DateTime),
        new("Seconds", DbType.Double),
        new("MessagesReceived", DbType.Int64),
        new("MessagesCompleted", DbType.Int64),
        new("MessagesAbandoned", DbType.Int64),
        new("MessagesDeadLettered", DbType.Int64),
        new("MessagesLost", DbType.Int64),
        new("ChangesApplied", DbType.Int64),
        new("ChangesSuperseded", DbType.Int64),
        new("ChangesUncertain", DbType.Int64),
        new("ChangesRejected", DbType.Int64),
        new("RecordsFailed", DbType.Int64),
        new("RowsRead", DbType.Int64),
        new("RecordsFetched", DbType.Int64),
        new("RowsQueued", DbType.Int64),
        new("Pending", DbType.Int64));
}
