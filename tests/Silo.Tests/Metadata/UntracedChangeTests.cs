using System.Globalization;
using DataExport.Sandbox;
using DataExport.Silo.Tests.Trouble;

namespace DataExport.Silo.Tests.Metadata;

/// <summary>Changes that no change feed brings: whole silo, real tables.</summary>
public sealed class UntracedChangeTests
{
    [Fact]
    public async Task TableWithoutChangeTracking_IsLoadedAndComparedByIdAndVersion()
    {
        await using var silo = new SiloFixture(rows: 1_000);
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        environment.SetTracked(contacts, isTracked: false);
        await silo.StartAsync("contact", "account");
        var loaded = silo.TargetVersions("contact");
        var ids = environment.Records(contacts).Select(static record => record.Id).ToArray();

        _ = environment.UpdateSilently(contacts, ids[0], [contacts.Columns.First(static c => c.CanComeAndGo).Ordinal]);
        _ = environment.DeleteSilently(contacts, ids[1]);
        var created = environment.CreateSilently(contacts);
        await silo.SyncAsync();

        loaded.Count.ShouldBe(ids.Length);
        silo.TargetVersions("contact").ShouldBe(silo.SourceVersions("contact"), ignoreOrder: true);
        silo.TargetIds("contact").ShouldContain(created);
        silo.LoggedIds("contact").ShouldBe([ids[1]]);
        (await silo.Profile.GetReportAsync()).Message.ShouldBeNull();
    }

    [Fact]
    public async Task TableWithoutChangeTracking_TakesMessages()
    {
        await using var silo = new SiloFixture(rows: 300);
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        environment.SetTracked(contacts, isTracked: false);
        await silo.StartAsync("contact");

        var created = environment.Create(contacts);

        await SiloFixture.UntilAsync(
            () => Task.FromResult(silo.TargetVersions("contact").GetValueOrDefault(created) > 0), "it is confirmed");
    }

    [Fact]
    public async Task TableThatGetsChangeTracking_IsReadAnewByIt()
    {
        await using var silo = new SiloFixture(rows: 300, looksAtMetadata: true);
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        environment.SetTracked(contacts, isTracked: false);
        await silo.StartAsync("contact");
        var before = silo.Sandbox.WebApi.Counters.DeltaPages;

        environment.SetTracked(contacts, isTracked: true);
        await SiloFixture.UntilAsync(
            () => Task.FromResult(silo.Sandbox.WebApi.Counters.DeltaPages > 0), "it is read with a token");
        await SiloFixture.UntilAsync(
            async () => (await silo.Profile.GetReportAsync()).Status is ProfileStatus.DeltaSync, "it is read");
        var created = environment.CreateSilently(contacts);
        await silo.SyncAsync();

        before.ShouldBe(0);
        silo.TargetIds("contact").ShouldContain(created);
    }

    [Fact]
    public async Task ElasticTable_IsWrittenAndDeletedByPagesAndDeltasAlone()
    {
        await using var silo = new SiloFixture(rows: 1_000);
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        environment.MakeElastic(contacts);
        var ids = environment.Records(contacts).Select(static record => record.Id).ToArray();
        await silo.CreateAsync("contact");
        using var changing = new CancellationTokenSource();
        var changes = ChangeWithEachPageAsync(silo, contacts, ids, changing.Token);
        await silo.ActivateAsync();
        await changing.CancelAsync();
        await changes;
        var fetches = silo.Sandbox.WebApi.Counters.FetchRequests;

        var created = environment.Create(contacts);
        _ = environment.Delete(contacts, ids[60]);
        await silo.SyncAsync();

        silo.TargetVersions("contact").ShouldBe(silo.SourceVersions("contact"), ignoreOrder: true);
        silo.TargetIds("contact").ShouldContain(created);
        silo.LoggedIds("contact").ShouldBe([ids[60]]);
        (fetches, silo.Sandbox.WebApi.Counters.FetchRequests).ShouldBe((0, 0));
        (await silo.ReconcileAsync(new ReconcileRequest { Cells = true })).Different.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ComputedColumns_AreRefreshedWhenTheProfileAsks(bool asks)
    {
        await using var silo = new SiloFixture(rows: 300)
        {
            RefreshComputedEvery = asks ? TimeSpan.FromMilliseconds(1) : null,
        };
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        var column = contacts.Columns.First(static column => column.IsComputed);
        await silo.StartAsync("contact");
        var versions = silo.SourceVersions("contact");

        foreach (var id in versions.Keys)
        {
            environment.Recompute(contacts, id).ShouldBeTrue();
        }

        await silo.SyncAsync();

        silo.SourceVersions("contact").ShouldBe(versions, ignoreOrder: true, "nothing shows the change");
        var stale = environment.Records(contacts).Count(record =>
            TextOf(environment.Value(contacts, record, column)) != InTarget(silo, column.Name, record.Id));
        (stale == 0).ShouldBe(asks);
    }

    /// <summary>Updates ten records with each page that is read.</summary>
    private static async Task ChangeWithEachPageAsync(
        SiloFixture silo, SandboxTable table, Guid[] ids, CancellationToken stopping)
    {
        var ordinal = table.Columns.First(static column => column.CanComeAndGo).Ordinal;
        var (pages, change) = (0L, 0);
        while (!stopping.IsCancellationRequested)
        {
            await Task.Yield();
            var read = silo.Sandbox.WebApi.Counters.Pages;
            for (var updates = (read - pages) * 10; updates > 0; updates--)
            {
                _ = silo.Sandbox.Environment.UpdateSilently(table, ids[change++ % ids.Length], [ordinal]);
            }

            pages = read;
        }
    }

    private static string TextOf(SandboxValue value) =>
        value.IsNull ? "" : value.Integer.ToString(CultureInfo.InvariantCulture);

    private static string InTarget(SiloFixture silo, string column, Guid id)
    {
        using var connection = silo.OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT \"{column}\" FROM crm_contact WHERE upper(\"Id\") = '{id:D}' COLLATE NOCASE";
        return command.ExecuteScalar()?.ToString() ?? "";
    }
}
