using DataExport.Targets.Tests.Contract;
using DataExport.Targets.Control;

namespace DataExport.Targets.Tests.Control;

/// <summary>What a control database does in every engine.</summary>
public abstract class ControlDatabaseContract
{
    private ControlProbe? _probe;

    /// <summary>An empty place of its own.</summary>
    public abstract ControlDatabaseOptions Empty();

    private protected ControlProbe Probe => _probe ??= new ControlProbe(Empty());

    private DateTime Now => Probe.Clock.Now;

    [ContractFact]
    public async Task Write_Profile_IsARowThatIsReadWithoutQuotes()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());

        (await Probe.AskAsync(
            "SELECT ProfileId, Name, SourceUrl, Relationships, DestinationType, DestinationSchemaName, "
            + "DestinationPrefix, WriteDeleteLog, RetryCountMax, RetryIntervalSeconds, Status, Message, Pending, "
            + "RecordsFailed, CreatedOn, ActivatedOn, ModifiedOn, ReportedOn, SiloName, DeletedOn FROM $Profiles"))
            .ShouldBe(
                $"{Reports.Id}|sales|https://org.crm.dynamics.com|accountleads_association, contactleads_association|"
                + "postgres|dbo|crm|1|12|5|InitialSync|Table 'account': throttled|7|2|2026-01-02 03:04:05.000|"
                + "2026-01-03 03:04:05.000|2026-03-01 12:00:00.000|2026-03-01 12:00:00.000|a/1|null");
        (await Probe.AskAsync("SELECT OrganizationId FROM $Profiles"))
            .ShouldBe(Reports.Profile.OrganizationId.ToString("D"));
    }

    [ContractFact]
    public async Task Write_Tables_AreARowEach()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());

        (await Probe.RowsAsync(
            "SELECT TableName, Phase, RowsDone, RowsTotal, Pending, LastDeltaOn, Message FROM $ProfileTables "
            + "ORDER BY TableName")).ShouldBe(
            [
                "account|Load|50|200|7|null|throttled",
                "contact|Delta|30|30|0|2026-03-01 11:59:00.250|null",
            ]);
    }

    [ContractFact]
    public async Task Write_Profile_LeavesNoSecretInAnyTable()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());

        foreach (var table in new[] { "Profiles", "ProfileTables", "SyncMetrics", "ControlSchema", "ProfileOverview" })
        {
            (await Probe.RowsAsync($"SELECT * FROM ${table}"))
                .ShouldAllBe(row => !row.Contains(Reports.Secret) && !row.Contains("SharedAccess"));
        }
    }

    [ContractFact]
    public async Task Write_NeverActivatedProfile_HasNoTablesAndNoOrganization()
    {
        var created = Reports.Profile with { OrganizationId = Guid.Empty, ActivationTime = null };
        await Probe.Open().WriteAsync(
            new ReportedProfile(created, new ProfileReport(), Now, "a/1").ToReport());

        (await Probe.AskAsync("SELECT Status, OrganizationId, ActivatedOn, Message FROM $Profiles"))
            .ShouldBe("Created|null|null|null");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $ProfileTables")).ShouldBe("0");
    }

    [ContractFact]
    public async Task Write_TextsThatNoEngineTakes_AreCutAndCleaned()
    {
        var message = "a\0b" + new string('x', 3_996) + "\U0001F600";
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading with { Message = message }, Now).ToReport());

        (await Probe.AskAsync("SELECT Message FROM $Profiles")).ShouldBe("a\uFFFDb" + new string('x', 3_996));
    }

    [ContractFact]
    public async Task Write_OlderReport_DoesNotReplaceTheNewer()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Synced, Now).ToReport());
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now.AddMilliseconds(-1), "b/1").ToReport());

        (await Probe.AskAsync("SELECT Status, SiloName FROM $Profiles")).ShouldBe("DeltaSync|a/1");
        (await Probe.AskAsync("SELECT Phase FROM $ProfileTables WHERE TableName = 'contact'")).ShouldBe("Delta");
    }

    [ContractFact]
    public async Task Write_TableThatTheProfileNoLongerHas_IsRemoved()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());
        await Probe.Open().WriteAsync(Reports.Of(Reports.Synced, Now.AddSeconds(1)).ToReport());

        (await Probe.RowsAsync("SELECT TableName FROM $ProfileTables")).ShouldBe(["contact"]);
    }

    [ContractFact]
    public async Task Write_DeactivatedProfile_KeepsItsTablesAsTheyWereToldLast()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());
        await Probe.Open().WriteAsync(
            Reports.Of(new ProfileReport { Status = ProfileStatus.Deactivated }, Now.AddSeconds(1)).ToReport());

        (await Probe.AskAsync("SELECT Status FROM $Profiles")).ShouldBe("Deactivated");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $ProfileTables")).ShouldBe("2");
    }

    [ContractFact]
    public async Task Write_SameStatusAgain_MovesReportedOnAndNotModifiedOn()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());
        await Probe.Open().WriteAsync(
            Reports.Of(Reports.Loading with { Message = null, Pending = 1 }, Now.AddSeconds(1)).ToReport());
        (await Probe.AskAsync("SELECT ModifiedOn, ReportedOn FROM $Profiles"))
            .ShouldBe("2026-03-01 12:00:00.000|2026-03-01 12:00:01.000");

        await Probe.Open().WriteAsync(Reports.Of(Reports.Synced, Now.AddSeconds(2)).ToReport());
        (await Probe.AskAsync("SELECT ModifiedOn, ReportedOn FROM $Profiles"))
            .ShouldBe("2026-03-01 12:00:02.000|2026-03-01 12:00:02.000");
    }

    [ContractFact]
    public async Task Write_ManySilosAtOnce_LeaveOneRowOfTheNewestReport()
    {
        var writes = Enumerable.Range(0, 16).Select(number => Task.Run(() => Probe.Open().WriteAsync(
            Reports.Of(Reports.Loading, Now.AddSeconds(number % 8), $"silo/{number % 8}").ToReport())));
        await Task.WhenAll(writes);

        (await Probe.RowsAsync("SELECT SiloName FROM $Profiles")).ShouldBe(["silo/7"]);
        (await Probe.AskAsync("SELECT COUNT(*) FROM $ProfileTables")).ShouldBe("2");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $ControlSchema")).ShouldBe($"{ControlScripts.Latest}");
    }

    [ContractFact]
    public async Task ReadReportTimes_Profiles_AreThoseThatAreNotDeleted()
    {
        var database = Probe.Open();
        (await database.ReadReportTimesAsync(CancellationToken.None)).ShouldBeEmpty();
        await database.WriteAsync(Reports.Of(Reports.Loading, Now.AddTicks(12_345)).ToReport());

        var (id, on) = (await database.ReadReportTimesAsync(CancellationToken.None)).ShouldHaveSingleItem();
        (id, on, on.Kind).ShouldBe((Reports.Id, Now.AddMilliseconds(1), DateTimeKind.Utc));

        await database.WriteAsync(new GoneProfile(Reports.Id, Now.AddSeconds(1), Now.AddSeconds(1)).ToReport());
        (await database.ReadReportTimesAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Write_GoneProfile_IsMarkedAndItsTablesAreRemoved()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());
        var gone = new GoneProfile(Reports.Id, Now.AddSeconds(1), Now.AddSeconds(1)).ToReport();
        await Probe.Open().WriteAsync(gone);
        await Probe.Open().WriteAsync(
            new GoneProfile(Reports.Id, Now.AddSeconds(2), Now.AddSeconds(2)).ToReport());

        (await Probe.AskAsync("SELECT Status, DeletedOn, Pending FROM $Profiles"))
            .ShouldBe("Deleted|2026-03-01 12:00:01.000|0");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $ProfileTables")).ShouldBe("0");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $ProfileOverview")).ShouldBe("0");
    }

    [ContractFact]
    public async Task Write_GoneProfileThatSomebodyReports_Stays()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());
        await Probe.Open().WriteAsync(
            new GoneProfile(Reports.Id, Now.AddSeconds(1), Now.AddSeconds(-90)).ToReport());

        (await Probe.AskAsync("SELECT Status FROM $Profiles")).ShouldBe("InitialSync");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $ProfileTables")).ShouldBe("2");
    }

    [ContractFact]
    public async Task Write_Measurement_IsARow()
    {
        await Probe.Open().WriteAsync(Measured(30, applied: 5).ToReport());

        (await Probe.AskAsync(
            "SELECT SiloName, MeasuredSince, MeasuredOn, Seconds, MessagesReceived, MessagesCompleted, "
            + "MessagesAbandoned, MessagesDeadLettered, MessagesLost, ChangesApplied, ChangesSuperseded, "
            + "ChangesUncertain, ChangesRejected, RecordsFailed, RowsRead, RecordsFetched, RowsQueued, Pending "
            + "FROM $SyncMetrics")).ShouldBe(
                "a/1|2026-03-01 12:00:00.000|2026-03-01 12:00:30.000|30|11|12|13|14|15|5|16|17|18|19|20|21|22|null");
    }

    [ContractFact]
    public async Task Write_MeasurementAfterAWriteOfWhichNobodyHeard_CountsNothingTwice()
    {
        await Probe.Open().WriteAsync(Measured(30, applied: 5).ToReport());
        await Probe.Open().WriteAsync(Measured(30, applied: 5).ToReport());
        await Probe.Open().WriteAsync(Measured(60, applied: 9).ToReport());
        await Probe.Open().WriteAsync((Measured(60, applied: 3) with { SiloName = "b/1" }).ToReport());

        (await Probe.AskAsync("SELECT SUM(ChangesApplied), COUNT(*) FROM $SyncMetrics")).ShouldBe("12|2");
    }

    [ContractFact]
    public async Task Purge_OldMeasurementsAndProfilesDeletedLongAgo_AreRemoved()
    {
        var database = Probe.Open();
        await database.WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());
        await database.WriteAsync(new GoneProfile(Reports.Id, Now, Now).ToReport());
        await database.WriteAsync(Measured(30, applied: 5).ToReport());

        await database.PurgeAsync(Now, CancellationToken.None);
        (await Probe.AskAsync("SELECT COUNT(*) FROM $SyncMetrics")).ShouldBe("1");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $Profiles")).ShouldBe("1");

        await database.PurgeAsync(Now.AddSeconds(31), CancellationToken.None);
        (await Probe.AskAsync("SELECT COUNT(*) FROM $SyncMetrics")).ShouldBe("0");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $Profiles")).ShouldBe("0");
    }

    [ContractFact]
    public async Task Open_DatabaseOfVersion1_IsUpgradedAndKeepsItsRows()
    {
        var scripts = ControlScripts.Of(Probe.Dialect.Engine);
        await Probe.UpgradeAsync(scripts[0]);
        await Probe.RunAsync(
            "INSERT INTO $ProfileTables (ProfileId, TableName, Phase, RowsDone, RowsTotal, Pending, ReportedOn) "
            + $"VALUES ('{Reports.Id}', 'kept', 'Delta', 1, 1, 0, '2026-03-01 12:00:05.000')");
        Probe.Clock.Advance(TimeSpan.FromMinutes(1));

        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now.AddMinutes(-1)).ToReport());

        (await Probe.RowsAsync("SELECT Version, AppliedOn FROM $ControlSchema ORDER BY Version")).ShouldBe(
            ["1|2026-03-01 12:00:00.000", "2|2026-03-01 12:01:00.000"]);
        (await Probe.RowsAsync(
            "SELECT Name, Status, Tables, TablesInDelta, TablesFaulted, RowsDone, RowsTotal, Pending, RecordsFailed, "
            + "OldestDeltaOn FROM $ProfileOverview"))
            .ShouldBe(["sales|InitialSync|3|2|0|81|231|7|2|2026-03-01 11:59:00.250"]);
    }

    [ContractFact]
    public async Task Open_ScriptThatFails_LeavesTheVersionBefore()
    {
        var scripts = ControlScripts.Of(Probe.Dialect.Engine);
        await Probe.UpgradeAsync(scripts[0]);

        _ = await Should.ThrowAsync<Exception>(() => Probe.UpgradeAsync(
            scripts[0], scripts[1], """CREATE TABLE "$(Schema)"."Half" ("a" int); SELECT * FROM "NoSuchTable";"""));

        (await Probe.RowsAsync("SELECT Version FROM $ControlSchema")).ShouldBe(["1"]);
        _ = await Should.ThrowAsync<Exception>(() => Probe.AskAsync("SELECT * FROM $Half"));
    }

    [ContractFact]
    public async Task Open_DatabaseOfANewerBuild_IsRefusedAndLeftAlone()
    {
        await Probe.UpgradeAsync([.. ControlScripts.Of(Probe.Dialect.Engine), "SELECT 1;"]);

        var fault = await Should.ThrowAsync<ControlDatabaseException>(
            () => Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport()));

        fault.Message.ShouldContain("version 3");
        fault.Message.ShouldContain("DataExport:Control:Schema");
        (await Probe.AskAsync("SELECT COUNT(*) FROM $Profiles")).ShouldBe("0");
    }

    [ContractFact]
    public async Task Document_QueriesForThisEngine_Run()
    {
        await Probe.Open().WriteAsync(Reports.Of(Reports.Loading, Now).ToReport());
        await Probe.Open().WriteAsync(Measured(30, applied: 5).ToReport());

        foreach (var query in ControlDocument.QueriesFor(Probe.Dialect.Engine))
        {
            (await Probe.RowsAsync(query)).ShouldNotBeEmpty(query);
        }
    }

    private MeasuredProfile Measured(double seconds, long applied) =>
        new(Reports.Id, "a/1", Now, Now.AddSeconds(seconds), new ControlCounts
        {
            MessagesReceived = 11, MessagesCompleted = 12, MessagesAbandoned = 13, MessagesDeadLettered = 14,
            MessagesLost = 15, ChangesApplied = applied, ChangesSuperseded = 16, ChangesUncertain = 17,
            ChangesRejected = 18, RecordsFailed = 19, RowsRead = 20, RecordsFetched = 21,
        })
        {
            RowsQueued = 22,
        };
}
