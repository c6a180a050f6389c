using DataExport.Api;
using DataExport.Silo.Api;

namespace DataExport.Silo.Tests.Api;

public sealed class ProfileViewsTests
{
    [Theory]
    [InlineData(ProfileStatus.Created, ProfileState.Created)]
    [InlineData(ProfileStatus.Activating, ProfileState.Active)]
    [InlineData(ProfileStatus.InitialSync, ProfileState.Active)]
    [InlineData(ProfileStatus.DeltaSync, ProfileState.Active)]
    [InlineData(ProfileStatus.Faulted, ProfileState.Active)]
    [InlineData(ProfileStatus.Deactivating, ProfileState.Deactivated)]
    [InlineData(ProfileStatus.Deactivated, ProfileState.Deactivated)]
    [InlineData(ProfileStatus.Deleted, ProfileState.Deleted)]
    public void State_EachStatus_HasItsName(ProfileStatus status, ProfileState state) =>
        View(new ProfileReport { Status = status }).State.ShouldBe(state);

    [Theory]
    [InlineData(TableSyncPhase.NotStarted, TableSyncPhase.NotStarted, 0, "NotStarted")]
    [InlineData(TableSyncPhase.Token, TableSyncPhase.NotStarted, 0, "InProgress")]
    [InlineData(TableSyncPhase.Load, TableSyncPhase.Delta, 0, "InProgress")]
    [InlineData(TableSyncPhase.Delta, TableSyncPhase.Delta, 0, "Completed")]
    [InlineData(TableSyncPhase.Delta, TableSyncPhase.Delta, 3, "CompletedWithFailures")]
    public void InitialSyncState_TablesPhases_GiveOneForAll(
        TableSyncPhase account, TableSyncPhase contact, long failed, string expected)
    {
        var view = View(new ProfileReport
        {
            Status = ProfileStatus.InitialSync,
            FailedRecords = failed,
            Tables = [new() { Table = "account", Phase = account }, new() { Table = "contact", Phase = contact }],
        });

        view.Status!.InitialSyncState.ShouldBe(expected);
    }

    [Fact]
    public void Status_Numbers_ComeFromTheReport()
    {
        var last = new DateTime(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc);
        var view = View(new ProfileReport
        {
            Status = ProfileStatus.DeltaSync,
            TotalNotifications = 10,
            FailedRecords = 2,
            Tables = [new() { Table = "contact", RowsDone = 7, RowsTotal = 9, LastDeltaOn = last }],
        });

        view.Status!.TotalNotifications.ShouldBe(10);
        view.Status.SuccessNotifications.ShouldBe(8);
        view.Status.FailureNotifications.ShouldBe(2);
        view.Status.ExportStatus.ShouldBe("Partial Success");
        view.Status.LastExportDate.ShouldBe(last);
        view.Entities.Single(entity => entity.Type == "contact").Status!.InitialSyncRows.ShouldBe(7);
        view.Entities.Single(entity => entity.Type == "account").Status!.InitialSyncState.ShouldBe("NotStarted");
    }

    [Fact]
    public void View_WithoutStatus_HasNoStatusFields()
    {
        var view = ProfileViews.Of(ApiFixture.Valid, new ProfileReport(), withStatus: false);

        view.Status.ShouldBeNull();
        view.Report.ShouldBeNull();
        view.Entities.ShouldAllBe(entity => entity.Status == null);
    }

    [Fact]
    public void View_WhatReportsWant_IsAsTheProfileSays()
    {
        var plain = ProfileViews.Of(ApiFixture.Valid, new ProfileReport(), withStatus: false);
        var wanting = ProfileViews.Of(
            ApiFixture.Valid with { WriteViews = true, WriteIndexes = true }, new ProfileReport(), withStatus: false);

        (plain.WriteViews, plain.WriteIndexes).ShouldBe((false, false));
        (wanting.WriteViews, wanting.WriteIndexes).ShouldBe((true, true));
    }

    private static ProfileView View(ProfileReport report) =>
        ProfileViews.Of(ApiFixture.Valid with { Id = "a" }, report, withStatus: true);
}
