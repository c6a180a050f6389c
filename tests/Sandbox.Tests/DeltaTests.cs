using System.Net;

namespace DataExport.Sandbox.Tests;

public sealed class DeltaTests
{
    private const string Tracked = "odata.maxpagesize=50,odata.track-changes";

    [Fact]
    public async Task DeltaLink_OfATrackedWalk_ComesWithTheLastPageOnly()
    {
        await using var fixture = await SandboxFixture.StartAsync(1000);

        var walk = await fixture.WalkAsync("accounts?$select=accountid", Tracked);

        walk.PageItems.Count.ShouldBe(4);
        walk.Delta.Page.ShouldBe(4);
        walk.Rows[0].EnumerateObject().Select(member => member.Name).ShouldBe(["@odata.etag", "accountid"]);
        (await fixture.WalkAsync("accounts?$select=accountid", "odata.maxpagesize=50")).Delta.Link.ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Deltas_AfterRandomChanges_KeepACopyEqual(int seed)
    {
        await using var fixture = await SandboxFixture.StartAsync(600);
        var generator = new ChangeGenerator(fixture.Sandbox, seed);
        foreach (var table in fixture.Sandbox.Tables)
        {
            var walk = await fixture.WalkAsync(table.EntitySetName, Tracked);
            var copy = walk.Rows.ToDictionary(
                row => row.GetProperty(table.PrimaryId.Name).GetGuid(), row => row.GetRawText());
            var link = walk.Delta.Link!;
            for (var round = 0; round < 5; round++)
            {
                for (var change = 0; change < 300; change++)
                {
                    generator.Next();
                }

                var delta = await fixture.WalkAsync(link, "odata.maxpagesize=20");
                delta.PageItems.SkipLast(1).ShouldAllBe(items => items == 20);
                Apply(table, delta, copy);
                link = delta.Delta.Link!;
            }

            var truth = await fixture.WalkAsync(table.EntitySetName, "odata.maxpagesize=5000");
            copy.Values.Order().ShouldBe(truth.Rows.Select(row => row.GetRawText()).Order());
        }
    }

    [Fact]
    public async Task Delta_OfARecordChangedOften_ShowsItOnceInOrderOfVersions()
    {
        await using var fixture = await SandboxFixture.StartAsync(600);
        var link = (await fixture.WalkAsync("accounts?$select=name", Tracked)).Delta.Link!;
        var ids = fixture.Sandbox.Records(fixture.Accounts).Take(5).Select(record => record.Id).ToList();
        foreach (var place in (int[])[0, 1, 2, 0, 3, 1, 4, 0])
        {
            fixture.Sandbox.Update(fixture.Accounts, ids[place], 2);
        }

        var delta = await fixture.WalkAsync(link, Tracked);

        delta.Ids("accountid").ShouldBe([ids[2], ids[3], ids[1], ids[4], ids[0]]);
        (await fixture.WalkAsync(delta.Delta.Link!, Tracked)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delta_WithDeletions_ShowsThemAfterTheRows()
    {
        await using var fixture = await SandboxFixture.StartAsync(600);
        var link = (await fixture.WalkAsync("accounts?$select=name", Tracked)).Delta.Link!;
        var ids = fixture.Sandbox.Records(fixture.Accounts).Take(3).Select(record => record.Id).ToList();
        fixture.Sandbox.Delete(fixture.Accounts, ids[0]);
        fixture.Sandbox.Delete(fixture.Accounts, ids[1]);
        fixture.Sandbox.Restore(fixture.Accounts, ids[1]);
        fixture.Sandbox.UpdateSilently(fixture.Accounts, ids[2], [fixture.Accounts.Updatable[0]]);
        var passing = fixture.Sandbox.Create(fixture.Accounts);
        fixture.Sandbox.Delete(fixture.Accounts, passing);

        var delta = await fixture.WalkAsync(link, Tracked);

        delta.Ids("accountid").ShouldBe([ids[1], ids[2]]);
        delta.Deleted.ShouldBe([ids[0], passing]);
    }

    [Fact]
    public async Task Token_OfAWalk_StandsForItsEnd()
    {
        await using var fixture = await SandboxFixture.StartAsync(1000);
        var ids = fixture.Sandbox.Records(fixture.Accounts).Select(record => record.Id).ToList();
        var pages = 0;

        var walk = await fixture.WalkAsync("accounts?$select=accountid", Tracked, () =>
        {
            if (++pages == 1)
            {
                // Behind the walk: the page that shows the record has gone, so neither walk nor token tell of it.
                fixture.Sandbox.Update(fixture.Accounts, ids[0], 1);
            }
        });

        (await fixture.WalkAsync(walk.Delta.Link!, Tracked)).Rows.ShouldBeEmpty();
        fixture.Sandbox.TryFind(fixture.Accounts, ids[0], out var record);
        walk.Rows[0].GetProperty("@odata.etag").GetString().ShouldNotBe($"W/\"{record.Version}\"");
    }

    [Fact]
    public async Task Walk_WhileRecordsAreCreated_MissesSomeAndShowsNoneTwice()
    {
        await using var fixture = await SandboxFixture.StartAsync(1000);
        var created = new List<Guid>();

        var walk = await fixture.WalkAsync("accounts?$select=accountid", "odata.maxpagesize=50", () =>
        {
            if (created.Count < 40)
            {
                created.AddRange(Enumerable.Range(0, 20).Select(_ => fixture.Sandbox.Create(fixture.Accounts)));
            }
        });

        var shown = walk.Ids("accountid").ToList();
        shown.Distinct().Count().ShouldBe(shown.Count);
        created.Count(shown.Contains).ShouldBeInRange(5, 35);
    }

    [Fact]
    public async Task Token_WhenExpired_IsRefusedWithDataversesCode()
    {
        await using var fixture = await SandboxFixture.StartAsync(600);
        var first = (await fixture.WalkAsync("accounts?$select=name", Tracked)).Delta.Link!;

        fixture.Host.ExpireTokens();
        await RequireExpired(fixture, first);

        var second = (await fixture.WalkAsync("accounts?$select=name", Tracked)).Delta.Link!;
        (await fixture.WalkAsync(second, Tracked)).Rows.ShouldBeEmpty();
        fixture.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        await RequireExpired(fixture, second);
    }

    [Theory]
    [InlineData("$filter=statecode eq 0")]
    [InlineData("$orderby=name")]
    [InlineData("$expand=primarycontactid")]
    [InlineData("$top=3")]
    public async Task TrackedRead_WithARivalOption_IsRefused(string option)
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        using var response = await fixture.SendAsync($"accounts?$select=name&{option}", "odata.track-changes");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Deltas_WhileOtherThreadsChangeRecords_LoseNothing()
    {
        await using var fixture = await SandboxFixture.StartAsync(600);
        var table = fixture.Accounts;
        var walk = await fixture.WalkAsync("accounts", Tracked);
        var copy = walk.Rows.ToDictionary(row => row.GetProperty("accountid").GetGuid(), row => row.GetRawText());
        var link = walk.Delta.Link!;
        var changing = Task.Run(() => Parallel.For(0, 2, seed =>
        {
            var generator = new ChangeGenerator(fixture.Sandbox, seed);
            for (var change = 0; change < 5000; change++)
            {
                generator.Next();
            }
        }));

        for (var isLast = false; !isLast;)
        {
            isLast = changing.IsCompleted;
            var delta = await fixture.WalkAsync(link, "odata.maxpagesize=100");
            Apply(table, delta, copy);
            link = delta.Delta.Link!;
        }

        await changing;
        var truth = await fixture.WalkAsync("accounts", "odata.maxpagesize=5000");
        copy.Values.Order().ShouldBe(truth.Rows.Select(row => row.GetRawText()).Order());
    }

    private static void Apply(SandboxTable table, Walk delta, Dictionary<Guid, string> copy)
    {
        foreach (var row in delta.Rows)
        {
            copy[row.GetProperty(table.PrimaryId.Name).GetGuid()] = row.GetRawText();
        }

        foreach (var id in delta.Deleted)
        {
            copy.Remove(id);
        }
    }

    private static async Task RequireExpired(SandboxFixture fixture, string link)
    {
        using var response = await fixture.SendAsync(link, Tracked);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("\"code\":\"0x80044352\"");
    }
}
