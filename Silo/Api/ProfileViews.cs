using System.Collections.Immutable;
using DataExport.Api;

namespace DataExport.Silo.Api;

/// <summary>Shows a profile and its report in the Data Export Service's fields. Pure.</summary>
internal static class ProfileViews
{
    private const string NotStarted = "NotStarted";

    /// <summary>The view of a profile; with status fields when <paramref name="withStatus"/>.</summary>
    public static ProfileView Of(ExportProfile secret, ProfileReport report, bool withStatus)
    {
        var profile = secret.WithoutSecrets();
        return new ProfileView
        {
            Id = profile.Id,
            Version = profile.Version,
            Name = profile.Name,
            State = StateOf(report.Status),
            OrganizationId = profile.OrganizationId,
            OrganizationUrl = profile.SourceUrl,
            SourceUrl = profile.SourceUrl,
            Entities = EntitiesOf(profile, withStatus ? report : null),
            Relationships = profile.Relationships,
            DestinationType = profile.DestinationType,
            DestinationPrefix = profile.DestinationPrefix,
            DestinationSchemaName = profile.DestinationSchemaName,
            WriteDeleteLog = profile.WriteDeleteLog,
            WriteViews = profile.WriteViews,
            WriteIndexes = profile.WriteIndexes,
            RetryPolicy = profile.RetryPolicy,
            RefreshComputedEvery = profile.RefreshComputedEvery,
            CreationTime = profile.CreationTime,
            ActivationTime = profile.ActivationTime,
            Status = withStatus ? StatusOf(report) : null,
            Report = withStatus ? report : null,
        };
    }

    private static ProfileState StateOf(ProfileStatus status) => status switch
    {
        ProfileStatus.Created => ProfileState.Created,
        ProfileStatus.Deactivating or ProfileStatus.Deactivated => ProfileState.Deactivated,
        ProfileStatus.Deleted => ProfileState.Deleted,
        _ => ProfileState.Active,
    };

    private static ImmutableArray<EntityView> EntitiesOf(ExportProfile profile, ProfileReport? report)
    {
        var tables = report?.Tables.ToDictionary(table => table.Table, StringComparer.Ordinal);
        return
        [
            .. profile.Entities.Select(entity => new EntityView(
                entity.Type,
                new EntitySettings(),
                tables is null ? null : StatusOf(profile.Id, entity.Type, tables.GetValueOrDefault(entity.Type)))
            {
                Columns = entity.Columns.IsDefault ? [] : entity.Columns,
                Filter = entity.Filter,
                Masks = entity.Masks.IsDefault ? [] : entity.Masks,
            }),
        ];
    }

    private static EntityStatusView StatusOf(string profileId, string table, TableReport? report) => new()
    {
        Type = table,
        ProfileId = profileId,
        InitialSyncRows = report?.RowsDone ?? 0,
        InitialSyncRowsTotal = report?.RowsTotal ?? 0,
        LastExportDate = report?.LastDeltaOn,
        LastExportStatus = report?.Phase switch
        {
            null or TableSyncPhase.NotStarted => null,
            TableSyncPhase.Faulted => "Failure",
            _ => "Success",
        },
        EntityMetadataState = report is null or { Phase: TableSyncPhase.NotStarted } ? NotStarted : "Created",
        InitialSyncState = InitialSyncStateOf(report),
    };

    private static string InitialSyncStateOf(TableReport? report) => report?.Phase switch
    {
        null or TableSyncPhase.NotStarted => NotStarted,
        TableSyncPhase.Delta => "Completed",
        TableSyncPhase.Faulted when report.RowsTotal > 0 && report.RowsDone >= report.RowsTotal => "Completed",
        _ => "InProgress",
    };

    private static ProfileStatusView StatusOf(ProfileReport report) => new()
    {
        ExportStatus = report.Status switch
        {
            ProfileStatus.Faulted => "Failure",
            ProfileStatus.Created or ProfileStatus.Activating => null,
            _ => report.FailedRecords > 0 ? "Partial Success" : "Success",
        },
        InitialSyncState = InitialSyncStateOf(report),
        MetadataState = report.Status is ProfileStatus.Created or ProfileStatus.Activating ? NotStarted : "Created",
        TotalNotifications = report.TotalNotifications,
        SuccessNotifications = Math.Max(0, report.TotalNotifications - report.FailedRecords),
        FailureNotifications = report.FailedRecords,
        LastExportDate = report.Tables.Max(table => table.LastDeltaOn),
    };

    private static string InitialSyncStateOf(ProfileReport report)
    {
        if (report.Tables.All(table => InitialSyncStateOf(table) is NotStarted))
        {
            return NotStarted;
        }

        return report.Tables.Any(table => InitialSyncStateOf(table) is not "Completed") ? "InProgress"
            : report.FailedRecords > 0 ? "CompletedWithFailures"
            : "Completed";
    }
}
