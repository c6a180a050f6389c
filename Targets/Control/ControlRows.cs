namespace DataExport.Targets.Control;

/// <summary>
/// The values of rows, in the order of their table's columns. What is not named here is not written, a profile's
/// secrets above all.
/// </summary>
internal static class ControlRows
{
    public static object?[] Of(ReportedProfile reported)
    {
        var (profile, report) = (reported.Profile, reported.Report);
        return
        [
            profile.Id,
            profile.Name,
            profile.OrganizationId == Guid.Empty ? null : profile.OrganizationId,
            profile.SourceUrl,
            profile.Relationships.IsDefault ? "" : string.Join(", ", profile.Relationships),
            profile.DestinationType,
            profile.DestinationSchemaName,
            profile.DestinationPrefix,
            profile.WriteDeleteLog,
            (long)profile.RetryPolicy.MaxRetryCount,
            (long)profile.RetryPolicy.IntervalInSeconds,
            report.Status.ToString(),
            report.Message,
            report.Pending,
            report.FailedRecords,
            profile.CreationTime,
            profile.ActivationTime,
            reported.ReportedOn,
            reported.SiloName,
        ];
    }

    public static object?[] Of(ReportedProfile reported, TableReport table) =>
    [
        reported.Profile.Id,
        table.Table,
        table.Phase.ToString(),
        table.RowsDone,
        table.RowsTotal,
        table.Pending,
        table.LastDeltaOn,
        table.Message,
        reported.ReportedOn,
    ];

    public static object?[] Of(MeasuredProfile measured) =>
    [
        measured.ProfileId,
        measured.SiloName,
        measured.MeasuredOn,
        measured.MeasuredSince,
        (measured.MeasuredOn - measured.MeasuredSince).TotalSeconds,
        measured.Counts.MessagesReceived,
        measured.Counts.MessagesCompleted,
        measured.Counts.MessagesAbandoned,
        measured.Counts.MessagesDeadLettered,
        measured.Counts.MessagesLost,
        measured.Counts.ChangesApplied,
        measured.Counts.ChangesSuperseded,
        measured.Counts.ChangesUncertain,
        measured.Counts.ChangesRejected,
        measured.Counts.RecordsFailed,
        measured.Counts.RowsRead,
        measured.Counts.RecordsFetched,
        measured.RowsQueued,
        measured.Pending,
    ];
}
