using DataExport.Targets.Control;

namespace DataExport.Targets.Tests.Control;

/// <summary>Reports for tests.</summary>
internal static class Reports
{
    public const string Id = "0123456789abcdef0123456789abcdef";
    public const string Secret = "hunter2";

    public static ExportProfile Profile { get; } = new()
    {
        Id = Id,
        Name = "sales",
        OrganizationId = new Guid("80a2c641-4c79-e611-80df-c4346baca9e4"),
        Entities = [new ProfileEntity("account")],
        Relationships = ["accountleads_association", "contactleads_association"],
        DestinationType = "postgres",
        DestinationConnection = $"Host=db;Password={Secret}",
        DestinationPrefix = "crm",
        SourceUrl = "https://org.crm.dynamics.com",
        NotificationConnection = $"Endpoint=sb://ns/;SharedAccessKeyName=k;SharedAccessKey={Secret}",
        CreationTime = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        ActivationTime = new DateTime(2026, 1, 3, 3, 4, 5, DateTimeKind.Utc),
    };

    public static ProfileReport Loading { get; } = new()
    {
        Status = ProfileStatus.InitialSync,
        Message = "Table 'account': throttled",
        Pending = 7,
        FailedRecords = 2,
        Tables =
        [
            new TableReport
            {
                Table = "account", Phase = TableSyncPhase.Load, RowsDone = 50, RowsTotal = 200, Pending = 7,
                Message = "throttled",
            },
            new TableReport
            {
                Table = "contact", Phase = TableSyncPhase.Delta, RowsDone = 30, RowsTotal = 30,
                LastDeltaOn = new DateTime(2026, 3, 1, 11, 59, 0, 250, DateTimeKind.Utc),
            },
        ],
    };

    public static ProfileReport Synced { get; } = Loading with
    {
        Status = ProfileStatus.DeltaSync, Message = null, Pending = 0, Tables = [Loading.Tables[1]],
    };

    public static ReportedProfile Of(ProfileReport report, DateTime on, string silo = "a/1") =>
        new(Profile, report, on, silo);

    public static ControlReport ToReport(this ReportedProfile reported) => new() { Profiles = [reported] };

    public static ControlReport ToReport(this GoneProfile gone) => new() { Gone = [gone] };

    public static ControlReport ToReport(this MeasuredProfile measured) => new() { Measured = [measured] };

    public static Task WriteAsync(this IControlDatabase database, ControlReport report) =>
        database.WriteAsync(report, CancellationToken.None);
}
