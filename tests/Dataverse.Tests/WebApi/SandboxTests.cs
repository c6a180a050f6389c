using System.Collections.Immutable;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;
using DataExport.Sandbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Dataverse.Tests.WebApi;

/// <summary>The client, as it is registered, against a Dataverse that answers over loopback.</summary>
public sealed class SandboxTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly BodySink _sink = new();
    private readonly DataverseSandbox _sandbox;
    private readonly DataverseHost _host;
    private ServiceProvider _services = null!;
    private ISourceEnvironment _source = null!;

    public SandboxTests()
    {
        _sandbox = new DataverseSandbox(new DataverseSandboxOptions { Seed = 3 }, TimeProvider.System, _sink);
        _host = new DataverseHost(_sandbox, new DataverseHostOptions());
    }

    public async Task InitializeAsync()
    {
        await _host.StartAsync();
        var settings = new Dictionary<string, string?> { ["DataExport:Source:PageRowsMax"] = "50" };
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<ISourceBudgets>(new OpenBudgets())
            .AddDataverseSource()
            .BuildServiceProvider();
        _source = _services.GetRequiredService<ISourceEnvironmentFactory>().Open(
            new ExportProfile { SourceUrl = _host.EnvironmentAddress.AbsoluteUri });
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Tables_OfEnvironment_HaveTheirColumns()
    {
        var tables = await _source.ReadTablesAsync(null, [], None);

        (await _source.GetOrganizationIdAsync(None)).ShouldBe(_sandbox.OrganizationId);
        tables.Select(table => table.Name).ShouldBe(_sandbox.Tables.Select(table => table.Name), ignoreOrder: true);
        var account = tables.Single(table => table.Name == "account");
        account.PrimaryIdColumn.ShouldBe("accountid");
        account.OrdinalOf("versionnumber").ShouldBeGreaterThanOrEqualTo(0);
        account.OrdinalOf("modifiedon").ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task Notification_AndPage_OfOneRecord_HoldTheSameBytes()
    {
        var tables = await _source.ReadTablesAsync(null, [], None);
        var ordinary = _sandbox.Tables.Where(table => !table.HasSets).ToList();
        foreach (var table in ordinary)
        {
            for (var record = 0; record < 20; record++)
            {
                _ = _sandbox.Create(table);
            }
        }

        var rows = new Dictionary<(string, Guid), SourceRow>();
        foreach (var table in tables)
        {
            foreach (var row in (await WalkAsync(table, null, PageKind.Rows)).Rows)
            {
                rows.Add((table.Name, row.RecordId), row);
            }
        }

        var changes = DecodeAll(tables).Where(change => change.Key.SetColumn is null).ToList();
        changes.Count.ShouldBe(ordinary.Count * 20);
        foreach (var change in changes)
        {
            var row = rows[(change.Key.Table, change.Key.RecordId)];
            change.Kind.ShouldBe(ChangeKind.Create);
            var definition = tables.Single(table => table.Name == change.Key.Table);
            Differences(definition, change.Columns!, row.Columns!).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Walk_ThenDelta_TellsRowsChangesAndDeletions()
    {
        _sandbox.Seed(300);
        var sandboxTable = _sandbox.Table("contact");
        var table = (await _source.ReadTablesAsync(["contact"], [], None))[0];

        var ids = await WalkAsync(table, null, PageKind.Ids);
        var full = await WalkAsync(table, null, PageKind.Rows);
        _sandbox.Delete(sandboxTable, ids.Rows[0].RecordId);
        _sandbox.Update(sandboxTable, ids.Rows[1].RecordId, columns: 3);
        var created = _sandbox.Create(sandboxTable);
        var delta = await WalkAsync(table, full.DeltaLink, PageKind.Changes);

        ids.Rows.Count.ShouldBe((int)_sandbox.Count(sandboxTable));
        ids.Rows.Select(row => (row.RecordId, row.Version)).ShouldBe(
            full.Rows.Select(row => (row.RecordId, row.Version)), ignoreOrder: true);
        delta.Deletions.ShouldBe([ids.Rows[0].RecordId]);
        delta.Rows.Select(row => row.RecordId).ShouldBe([ids.Rows[1].RecordId, created], ignoreOrder: true);
        delta.Rows[0].Version.IsNewerThan(full.Rows.Max(row => row.Version.Value) is var newest
            ? new VersionNumber(newest) : default).ShouldBeTrue();
    }

    [Fact]
    public async Task Fetch_OfAllTables_TellsRowsAndWhetherAbsentMeansDeleted()
    {
        _sandbox.Seed(60);
        _host.SetReadDepth(_sandbox.Table("account"), ReadDepth.Basic);
        var tables = await _source.ReadTablesAsync(null, [], None);
        var requests = tables.Select(table =>
        {
            var sandboxTable = _sandbox.Table(table.Name);
            var known = _sandbox.Records(sandboxTable).Take(3).Select(record => record.Id).ToList();
            return new FetchRequest(table, [.. known, Guid.NewGuid()]);
        }).ToList();

        var answers = await _source.FetchAsync(requests, None);

        foreach (var (request, answer) in requests.Zip(answers))
        {
            answer.Table.ShouldBe(request.Table.Name);
            if (answer.Table == "account")
            {
                answer.IsWholeTableReadable.ShouldBeFalse();
                continue;
            }

            answer.Rows.Select(row => row.RecordId).ShouldBe(request.RecordIds.SkipLast(1), ignoreOrder: true);
            answer.IsWholeTableReadable.ShouldBeTrue(answer.Table);
        }
    }

    [Fact]
    public async Task DeltaLink_Expired_IsTokenExpired()
    {
        var table = (await _source.ReadTablesAsync(["account"], [], None))[0];
        var walk = await WalkAsync(table, null, PageKind.Ids);
        _host.ExpireTokens();

        var fault = await Should.ThrowAsync<SourceException>(
            () => _source.ReadPageAsync(table, walk.DeltaLink, PageKind.Changes, None));

        fault.Fault.ShouldBe(SourceFault.TokenExpired);
    }

    [Fact]
    public async Task Environment_Throttling_TellsHowLongToWait()
    {
        _host.Throttle(seconds: 30);

        var fault = await Should.ThrowAsync<SourceException>(() => _source.GetOrganizationIdAsync(None));

        fault.Fault.ShouldBe(SourceFault.Throttled);
        fault.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(31));
    }

    private async Task<SourcePage> WalkAsync(TableDefinition table, string? link, PageKind kind)
    {
        var rows = new List<SourceRow>();
        var deletions = new List<Guid>();
        while (true)
        {
            var page = await _source.ReadPageAsync(table, link, kind, None);
            rows.AddRange(page.Rows);
            deletions.AddRange(page.Deletions);
            if (page.NextLink is null)
            {
                return new SourcePage(rows, deletions, null, page.DeltaLink.ShouldNotBeNull());
            }

            link = page.NextLink;
        }
    }

    private List<RecordChange> DecodeAll(ImmutableArray<TableDefinition> tables)
    {
        var decoder = new NotificationDecoder();
        var catalog = new TableCatalog("p", tables);
        var result = new DecodedNotification();
        var changes = new List<RecordChange>();
        foreach (var body in _sink.Bodies)
        {
            decoder.TryDecode(new NotificationBody(body), catalog, result, out var fault)
                .ShouldBeTrue(fault.ToString());
            changes.AddRange(result.Changes);
        }

        return changes;
    }

    private static List<string> Differences(TableDefinition table, ColumnValues notified, ColumnValues read)
    {
        var differences = new List<string>();
        foreach (var value in notified)
        {
            var name = $"{table.Name}.{table.Columns[value.Ordinal].Name}";
            if (!read.TryGet(value.Ordinal, out var other))
            {
                differences.Add($"{name} is not in the page");
            }
            else if (value.Kind != other.Kind || value.ToString() != other.ToString())
            {
                differences.Add($"{name}: {value.Kind} '{value.ToString()}' and {other.Kind} '{other.ToString()}'");
            }
        }

        // Where every value looks the same, the bytes must be, too: the lookups' tables, for one.
        return differences.Count > 0 || notified.AgreesWith(read) ? differences : [$"bytes of {table.Name}"];
    }

    private sealed class BodySink : INotificationSink
    {
        public List<byte[]> Bodies { get; } = [];

        public void Post(in Notification notification) => Bodies.Add(notification.Body.ToArray());
    }
}
