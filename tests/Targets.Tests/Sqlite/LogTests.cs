using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Sqlite;
using Microsoft.Data.Sqlite;

namespace DataExport.Targets.Tests.Sqlite;

public sealed class LogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dataexport-log-").FullName;

    private string Database => Path.Combine(_folder, "target.db");

    [Fact]
    public async Task FlushAsync_NothingWritten_TouchesNoFile()
    {
        await using var log = NewLog(Path.Combine(_folder, "nowhere", "target.db"));

        await log.FlushAsync();
    }

    [Fact]
    public async Task FlushAsync_LogCarriedOverAndDeleted_Succeeds()
    {
        await using var log = NewLog(Database);
        log.Wrote();

        await log.FlushAsync();
    }

    [Fact]
    public async Task FlushAsync_LogCannotBeOpened_SaysSoAndTriesAgainTheNextTime()
    {
        // A folder of the log's name stands in for a disk that refuses.
        _ = Directory.CreateDirectory($"{Database}-wal");
        await using var log = NewLog(Database);
        log.Wrote();

        _ = await Should.ThrowAsync<TargetUnavailableException>(() => log.FlushAsync().AsTask());

        Directory.Delete($"{Database}-wal");
        await File.WriteAllTextAsync($"{Database}-wal", "frames");
        await log.FlushAsync();
    }

    [Fact]
    public async Task FlushAsync_ManyAtOnce_AllReturn()
    {
        await File.WriteAllTextAsync($"{Database}-wal", "frames");
        await using var log = NewLog(Database);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            log.Wrote();
            await log.FlushAsync();
        })));
    }

    [Fact]
    public async Task FlushAsync_DiskFailedOnce_BelievesNoFlushUntilTheLogIsBegunAnew()
    {
        await File.WriteAllTextAsync($"{Database}-wal", "frames");
        var (flushes, begun) = (0, 0);
        await using var log = new SqliteLog(Database, () => begun++, _ =>
        {
            if (++flushes == 1)
            {
                throw new IOException("bad block");
            }
        });
        log.Wrote();

        _ = await Should.ThrowAsync<TargetUnavailableException>(() => log.FlushAsync().AsTask());
        await log.FlushAsync();

        (flushes, begun).ShouldBe((1, 1));
        log.Wrote();
        await log.FlushAsync();
        (flushes, begun).ShouldBe((2, 1));
    }

    [Fact]
    public async Task FlushAsync_LogCannotBeBegunAnew_KeepsFailing()
    {
        await File.WriteAllTextAsync($"{Database}-wal", "frames");
        await using var log = new SqliteLog(
            Database, static () => throw new TargetUnavailableException("busy"), static _ => { });
        log.Wrote();
        log.Doubt();

        _ = await Should.ThrowAsync<TargetUnavailableException>(() => log.FlushAsync().AsTask());
        _ = await Should.ThrowAsync<TargetUnavailableException>(() => log.FlushAsync().AsTask());
    }

    [Fact]
    public async Task BeginLogAnew_Committed_NeedsTheLogNoMore()
    {
        await using var test = await SqliteTestTarget.StartLoadedAsync();
        var id = Guid.NewGuid();
        _ = await test.LoadAsync(id, 1);

        SqliteDatabase.BeginLogAnew(test.File, test.Options);

        // As a power cut that takes the log leaves it.
        var copy = Path.Combine(_folder, "copy.db");
        File.Copy(test.File, copy);
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM crm_contact WHERE Id = '{id}'";
        command.ExecuteScalar().ShouldBe(1L);
    }

    [Fact]
    public async Task MergeAsync_SupersededByACommitOfAnotherProcess_WaitsUntilThatIsOnDisk()
    {
        await using var test = await SqliteTestTarget.StartLoadedAsync();
        var id = Guid.NewGuid();
        var other = test.NewInstance();
        await other.ProvisionAsync([Tables.Contact], default);
        _ = await test.LoadAsync(Guid.NewGuid(), 1);
        _ = await other.MergeAsync(
            [new MergeItem("contact", id, Confirmed(test, 5), Tables.Values("Ann"))], default);
        File.Move($"{test.File}-wal", $"{test.File}-away");
        _ = Directory.CreateDirectory($"{test.File}-wal");

        var merge = () => test.Target.MergeAsync(
            [new MergeItem("contact", id, Confirmed(test, 5), Tables.Values("Ann"))], default);

        _ = await merge.ShouldThrowAsync<TargetUnavailableException>();
        Directory.Delete($"{test.File}-wal");
        File.Move($"{test.File}-away", $"{test.File}-wal");
        (await merge()).Single().Status.ShouldBe(ApplyStatus.Superseded);
        await other.DisposeAsync();
    }

    private static Evidence Confirmed(SqliteTestTarget test, long version) =>
        new(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new VersionNumber(version));

    private static SqliteLog NewLog(string database) =>
        new(database, static () => { }, RandomAccess.FlushToDisk);

    [Fact]
    public async Task FlushAsync_DoubtedAgainWhileItBeginsAnew_BeginsAnewOnceMore()
    {
        var begun = 0;
        SqliteLog? log = null;
        log = new SqliteLog(
            Database,
            () =>
            {
                if (++begun == 1)
                {
                    log!.Doubt();
                }
            },
            static _ => { });
        await using var doubted = log;
        log.Doubt();
        log.Wrote();
        await log.FlushAsync();
        log.Wrote();
        await log.FlushAsync();

        begun.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
