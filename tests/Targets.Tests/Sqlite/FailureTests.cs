using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Sqlite;

namespace DataExport.Targets.Tests.Sqlite;

/// <summary>Refusals, outages, restarts, and other processes on the same file.</summary>
public sealed class FailureTests
{
    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly DateTime Morning = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Merge_TriggerRefusesOneRow_LeavesNothingOfTheBatch()
    {
        await using var test = await StartWithTriggerAsync();
        var old = Guid.NewGuid();
        await test.LoadAsync(old, version: 3);
        test.Clock.Advance(TimeSpan.FromMinutes(1));

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => test.Target.MergeAsync(
            [
                Read(Guid.NewGuid(), 1000, "good"),
                new MergeItem("contact", old, new Evidence(EvidenceKind.ReadDeletion, test.Clock.Now)),
                new MergeItem("contact", Guid.NewGuid(), new Evidence(EvidenceKind.Question)),
                Read(Guid.NewGuid(), 1001, "bad"),
            ],
            default));

        refusal.Message.ShouldContain("contact");
        refusal.Message.ShouldNotContain("bad");
        test.Rows("SELECT Id FROM crm_contact").Single()["Id"].ShouldBe(old.ToString());
        test.Rows("SELECT * FROM crm_DeleteLog").ShouldBeEmpty();
        test.Rows("SELECT * FROM crm_Pending").ShouldBeEmpty();
        (await test.Target.CountPendingAsync(default))["contact"].ShouldBe(0);
    }

    [Fact]
    public async Task Merge_AfterARefusedBatch_RemembersNothingOfIt()
    {
        await using var test = await StartWithTriggerAsync();
        await test.LoadAsync(Guid.NewGuid(), version: 3);
        await Should.ThrowAsync<TargetRefusedException>(() => test.Target.MergeAsync(
            [
                Read(Record, 1000, "good"),
                new MergeItem("contact", Guid.NewGuid(), new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now)),
                Read(Guid.NewGuid(), 1001, "bad"),
            ],
            default));

        await test.MergeAsync(Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));

        test.DeleteLog(Record).Single()["VersionNumber"].ShouldBe(3L);
    }

    [Fact]
    public async Task Merge_CheckConstraintOfTheUser_IsARefusal()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        test.Execute("ALTER TABLE crm_contact ADD COLUMN own int CHECK (fullname <> 'bad')");

        await Should.ThrowAsync<TargetRefusedException>(() => test.LoadAsync(Record, 1, "bad"));
        (await test.LoadAsync(Record, 1, "good")).ShouldBe(ApplyResult.Applied);
    }

    [Fact]
    public async Task Merge_TableThatIsNotExported_IsRefusedByName()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => test.Target.MergeAsync(
            [Read(Record, 1, "Ann"), new MergeItem("invoice", Record, new Evidence(EvidenceKind.Question))], default));

        refusal.Message.ShouldContain("invoice");
        test.Row(Record).ShouldBeNull();
    }

    [Fact]
    public async Task Merge_OtherConnectionHoldsTheWriteLock_IsUnavailableAndSucceedsLater()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        using (var other = test.Open())
        {
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            _ = command.ExecuteNonQuery();
            await Should.ThrowAsync<TargetUnavailableException>(() => test.LoadAsync(Record, version: 1));
            await Should.ThrowAsync<TargetUnavailableException>(() => test.EndLoadAsync());

            (await test.Target.CountRowsAsync("contact", default)).ShouldBe(0);
            (await test.Target.ReadPendingAsync("contact", 0, DateTime.MaxValue, 10, default)).ShouldBeEmpty();
            (await test.Target.ReadSyncStatesAsync(default)).Single().IsLoading.ShouldBeTrue();
        }

        (await test.LoadAsync(Record, version: 1)).ShouldBe(ApplyResult.Applied);
    }

    [Fact]
    public async Task Merge_TableWasDropped_IsUnavailable_AndTheTableIsReadAnewAfterARestart()
    {
        await using var test = await SqliteTestTarget.StartLoadedAsync();
        test.Execute("DROP TABLE crm_contact");

        // Refused, every row would end in the failure log and be lost.
        await Should.ThrowAsync<TargetUnavailableException>(() => test.LoadAsync(Record, version: 1));
        await Should.ThrowAsync<TargetUnavailableException>(() => test.LoadAsync(Record, version: 1));
        await test.RestartAsync(Tables.Contact);

        (await test.Target.ReadSyncStatesAsync(default)).Single().Phase.ShouldBe(TableSyncPhase.NotStarted);
        (await test.LoadAsync(Record, version: 1)).ShouldBe(ApplyResult.Applied);
    }

    [Fact]
    public async Task Merge_ReportReadsMeanwhile_IsNotHeldUp()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);
        using var report = test.Open();
        using var transaction = report.BeginTransaction(deferred: true);
        using var command = report.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM crm_contact";
        command.ExecuteScalar().ShouldBe(1L);

        (await test.LoadAsync(Guid.NewGuid(), version: 2)).ShouldBe(ApplyResult.Applied);

        command.ExecuteScalar().ShouldBe(1L);
        (await test.Target.CountRowsAsync("contact", default)).ShouldBe(2);
    }

    [Fact]
    public async Task Merge_OtherInstanceWroteATombstone_IsSeen()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        await test.LoadAsync(Guid.NewGuid(), version: 1);
        await using var other = test.NewInstance();
        await other.ProvisionAsync([Tables.Contact], default);
        await other.MergeAsync(
            [new MergeItem("contact", Record, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now))], default);

        var result = await test.LoadAsync(Record, version: 2);

        result.Question.ShouldBe(UncertainReason.ReadBeforeStamp);
        (await other.CountPendingAsync(default))["contact"].ShouldBe(1);
    }

    [Fact]
    public async Task Restart_SameFile_KeepsRowsTombstonesQuestionsAndStates()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        var (deleted, asked) = (Guid.NewGuid(), Guid.NewGuid());
        var state = new TableSyncState
        {
            Table = "contact", Phase = TableSyncPhase.Delta, NextLink = "next", DeltaLink = "delta", RowsDone = 5,
            RowsTotal = 6, IsResync = true, BeganOn = test.Clock.Now, LastDeltaOn = test.Clock.Now.AddSeconds(1),
            Message = "fine",
        };
        await test.Target.SaveSyncStateAsync(state, default);
        await test.LoadAsync(Record, version: 7);
        await test.MergeAsync(deleted, new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now));
        await test.MergeAsync(asked, new Evidence(EvidenceKind.Question, Reason: UncertainReason.Truncated));
        var before = (await test.QuestionAsync(asked))!;

        await test.RestartAsync(Tables.Contact);

        (await test.Target.ReadSyncStatesAsync(default)).Single().ShouldBe(state);
        (await test.LoadAsync(Record, version: 7)).ShouldBe(ApplyResult.Superseded);
        (await test.LoadAsync(deleted, version: 8)).Question.ShouldBe(UncertainReason.ReadBeforeStamp);
        (await test.NotifyUpdateAsync(Guid.NewGuid(), test.Clock.Now, "x")).Question
            .ShouldBe(UncertainReason.MissingRow);
        (await test.QuestionAsync(asked)).ShouldBe(before);
        (await test.QuestionAsync(deleted))!.Number.ShouldBeGreaterThan(before.Number);
    }

    [Fact]
    public async Task Crash_FilesAsTheyStand_HoldEveryMergeThatReturned()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 7);
        await test.NotifyUpdateAsync(Record, test.Clock.Now.AddSeconds(1), "Bea");
        var copy = Path.Combine(Path.GetDirectoryName(test.File)!, "crashed.db");
        File.Copy(test.File, copy);
        File.Copy(test.File + "-wal", copy + "-wal");

        await using var target = new SqliteTarget(copy, SqliteTestTarget.Prefix, test.Options, test.Clock);
        await target.ProvisionAsync([Tables.Contact], default);

        (await target.CountRowsAsync("contact", default)).ShouldBe(1);
        var question = (await target.ReadPendingAsync("contact", 0, DateTime.MaxValue, 10, default)).Single();
        question.RecordId.ShouldBe(Record);
        question.Stamp.ShouldBe(test.Clock.Now.AddMilliseconds(4));
    }

    [Fact]
    public async Task Restart_QuestionsSettledBefore_NumbersStillGrow()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        await test.MergeAsync(Record, new Evidence(EvidenceKind.Question));
        var before = (await test.QuestionAsync(Record))!.Number;
        await test.MergeAsync(Record, new Evidence(EvidenceKind.FetchedAbsent, QuestionNumber: before));
        test.Clock.AdvanceMilliseconds(1);

        await test.RestartAsync(Tables.Contact);

        await test.MergeAsync(Record, new Evidence(EvidenceKind.Question));
        (await test.QuestionAsync(Record))!.Number.ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task Provision_FolderMissing_IsUnavailable()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        await using var target = new SqliteTarget(Path.Combine(test.File, "no", "x.db"), "", test.Options, test.Clock);

        await Should.ThrowAsync<TargetUnavailableException>(() => target.ProvisionAsync([Tables.Contact], default));
    }

    [Fact]
    public async Task Provision_FileIsNoDatabase_IsRefused()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        var file = Path.Combine(Path.GetDirectoryName(test.File)!, "letter.txt");
        await File.WriteAllTextAsync(file, new string('x', 5000));
        await using var target = new SqliteTarget(file, "", test.Options, test.Clock);

        await Should.ThrowAsync<TargetRefusedException>(() => target.ProvisionAsync([Tables.Contact], default));
    }

    [Fact]
    public async Task AnyCall_BeforeProvisioning_SaysSo()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        await using var target = test.NewInstance();

        await Should.ThrowAsync<InvalidOperationException>(() => target.MergeAsync([Read(Record, 1, "Ann")], default));
        await Should.ThrowAsync<InvalidOperationException>(() => target.ReadSyncStatesAsync(default));
    }

    [Fact]
    public async Task Merge_ManyBatches_KeepsTheLogSmall()
    {
        const int PageBytes = 4096;
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        (test.Options.CheckpointPages, test.Options.LogPagesMax) = (20, 60);
        await test.RestartAsync(Tables.Contact);

        for (var batch = 0; batch < 150; batch++)
        {
            await test.LoadAsync(Guid.NewGuid(), version: batch);
        }

        new FileInfo(test.File + "-wal").Length.ShouldBeLessThan(150 * PageBytes);
        (await test.Target.CountRowsAsync("contact", default)).ShouldBe(150);
    }

    [Fact]
    public async Task Merge_AfterDispose_Throws()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        await test.Target.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(() => test.LoadAsync(Record, version: 1));
    }

    [Fact]
    public async Task Merge_ManyCallersAtOnce_AllAreCommitted()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(version => Task.Run(
            () => test.Target.MergeAsync(
                [Read(Guid.NewGuid(), version, "Ann"), Read(Record, version, "Bea")], default))));

        results.Length.ShouldBe(50);
        (await test.Target.CountRowsAsync("contact", default)).ShouldBe(51);
        test.Row(Record)!["versionnumber"].ShouldBe(49L);
    }

    private static MergeItem Read(Guid record, long version, string name) => new(
        "contact",
        record,
        new Evidence(EvidenceKind.ReadUpsert, Morning, new VersionNumber(version)),
        Tables.Values(name));

    private static async Task<SqliteTestTarget> StartWithTriggerAsync()
    {
        var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        test.Execute("""
            CREATE TRIGGER guard BEFORE INSERT ON crm_contact WHEN NEW.fullname = 'bad'
            BEGIN SELECT RAISE(ABORT, 'not bad again'); END
            """);
        return test;
    }
}
