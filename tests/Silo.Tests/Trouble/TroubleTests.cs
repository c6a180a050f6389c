using DataExport.Sandbox;

namespace DataExport.Silo.Tests.Trouble;

/// <summary>What a user sees of a target when source or target are in trouble: whole silo, real tables.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task ExpiredToken_IsHealedByAResync_WithWhatWasDeletedMeanwhile()
    {
        await using var silo = new SiloFixture(rows: 600);
        await silo.StartAsync("contact");
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        var deleted = silo.SourceIds("contact").First();
        silo.TargetIds("contact").ShouldBe(silo.SourceIds("contact"), ignoreOrder: true);

        environment.DeleteSilently(contacts, deleted).ShouldBeTrue();
        var created = environment.CreateSilently(contacts);
        silo.Sandbox.WebApi.ExpireTokens();
        await silo.SyncAsync();

        silo.TargetIds("contact").ShouldContain(created);
        silo.TargetIds("contact").ShouldBe(silo.SourceIds("contact"), ignoreOrder: true);
        (await silo.Profile.GetReportAsync()).Pending.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OldDeletions_StayOnlyWhereReadersWantTheLog(bool writesDeleteLog)
    {
        await using var silo = new SiloFixture(rows: 100) { WritesDeleteLog = writesDeleteLog };
        await silo.StartAsync("contact");
        var contacts = silo.Sandbox.Environment.Table("contact");
        var (old, young) = (silo.SourceIds("contact").First(), silo.SourceIds("contact").Last());
        silo.Sandbox.Environment.DeleteSilently(contacts, old).ShouldBeTrue();
        silo.Sandbox.Environment.DeleteSilently(contacts, young).ShouldBeTrue();
        await silo.SyncAsync();

        // The first silo has looked today already: the next one looks again.
        await silo.Profile.DeactivateAsync();
        silo.Execute($"""
            UPDATE crm_DeleteLog SET SinkDeleteTime = datetime('now', '-31 days') WHERE RecordId = '{old}'
            """).ShouldBe(1);
        await silo.ActivateAsync();
        await silo.SyncAsync();

        silo.LoggedIds("contact").ShouldBe(writesDeleteLog ? [old, young] : [young], ignoreOrder: true);
        silo.TargetIds("contact").ShouldBe(silo.SourceIds("contact"), ignoreOrder: true);
    }

    [Fact]
    public async Task LostReadPrivilege_DeletesNothing_IsReported_AndHoldsUpNoOtherTable()
    {
        await using var silo = new SiloFixture(rows: 600);
        await silo.StartAsync("contact", "account");
        var environment = silo.Sandbox.Environment;
        var (contacts, accounts) = (environment.Table("contact"), environment.Table("account"));
        var before = silo.TargetIds("contact");
        before.Count.ShouldBeGreaterThan(60);

        silo.Sandbox.WebApi.SetReadDepth(contacts, ReadDepth.Basic);
        foreach (var contact in before.Take(60))
        {
            environment.Update(contacts, contact, columns: 3).ShouldBeTrue();
        }

        var changed = silo.SourceIds("account").First();
        environment.Update(accounts, changed, columns: 3).ShouldBeTrue();
        await IsConfirmedAsync(changed);
        await SiloFixture.UntilAsync(
            async () => (await silo.Profile.GetReportAsync()).Message?.Contains("'contact'", StringComparison.Ordinal)
                is true,
            "the report names the table");

        silo.TargetIds("contact").ShouldBe(before, ignoreOrder: true);
        (await silo.Profile.GetReportAsync()).Pending.ShouldBeGreaterThan(10);
        var refused = await Should.ThrowAsync<ProfileException>(silo.SyncAsync);
        refused.Message.ShouldContain("'contact'");
        (await silo.Profile.GetReportAsync()).Message!.ShouldContain("organization-level read");

        silo.Sandbox.WebApi.SetReadDepth(contacts, ReadDepth.Global);
        await SiloFixture.UntilAsync(
            async () => (await silo.Profile.GetReportAsync()).Pending == 0, "all is answered");
        await silo.SyncAsync();
        silo.TargetIds("contact").ShouldBe(before, ignoreOrder: true);
        (await silo.Profile.GetReportAsync()).Message.ShouldBeNull();

        Task IsConfirmedAsync(Guid account) => SiloFixture.UntilAsync(
            () => Task.FromResult(
                !silo.TargetIds("account", "\"versionnumber\" IS NULL").Contains(account)
                && VersionOf(silo, account) == environment.Version),
            "the account is confirmed");
    }

    [Fact]
    public async Task Throttled_SendsNothingUntilRetryAfterHasPassed_AndThenGoesOn()
    {
        await using var silo = new SiloFixture(rows: 100);
        await silo.StartAsync("contact", "account");
        var created = silo.Sandbox.Environment.CreateSilently(silo.Sandbox.Environment.Table("contact"));
        await SiloFixture.UntilAsync(
            async () => (await silo.Profile.GetReportAsync()).Pending == 0, "no question is open");

        var began = TimeProvider.System.GetTimestamp();
        silo.Sandbox.WebApi.Throttle(seconds: 1);
        var refused = await Should.ThrowAsync<ProfileException>(silo.SyncAsync);

        // The other table's request was under way when the first was refused; it has ended when this one is.
        _ = await Should.ThrowAsync<ProfileException>(silo.SyncAsync);
        var requests = silo.Sandbox.WebApi.Counters.Requests;
        var tries = 0;
        while (await IsRefusedAsync(silo))
        {
            tries++;
        }

        refused.Message.ShouldContain("fewer requests");
        tries.ShouldBeGreaterThan(0);
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.99));
        silo.TargetIds("contact").ShouldContain(created);

        async Task<bool> IsRefusedAsync(SiloFixture throttled)
        {
            try
            {
                await throttled.SyncAsync();
                return false;
            }
            catch (ProfileException)
            {
                var sent = throttled.Sandbox.WebApi.Counters.Requests;

                // Near its end the two clocks may differ by a little: a request then may be refused once more.
                if (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(0.9))
                {
                    sent.ShouldBe(requests);
                }

                return true;
            }
        }
    }

    [Fact]
    public async Task Deactivate_WhileTheTargetIsLocked_EndsAndLosesNothing()
    {
        await using var silo = new SiloFixture(rows: 60);
        await silo.StartAsync("contact");
        var created = silo.Sandbox.Environment.CreateSilently(silo.Sandbox.Environment.Table("contact"));
        var connection = silo.OpenDatabase();
        await using (connection)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var syncing = silo.SyncAsync();
            await SiloFixture.UntilAsync(silo.IsTargetAwayAsync, "the delta waits for the target");

            using var patience = new CancellationTokenSource(Patience.Limit);
            _ = await silo.Profile.DeactivateAsync().WaitAsync(patience.Token);
            _ = await syncing.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
        }

        await silo.ActivateAsync();
        await silo.SyncAsync();
        silo.TargetIds("contact").ShouldContain(created);
    }

    [Fact]
    public async Task DeactivatedAndActivatedAtOnce_ReplicatesOn_ByMessagesAndByDeltas()
    {
        await using var silo = new SiloFixture(rows: 60);
        await silo.StartAsync("contact");
        var environment = silo.Sandbox.Environment;
        for (var round = 0; round < 5; round++)
        {
            _ = await silo.Profile.DeactivateAsync();
            await silo.ActivateAsync();
        }

        var silent = environment.CreateSilently(environment.Table("contact"));
        await silo.SyncAsync();
        var told = environment.Create(environment.Table("contact"));

        silo.TargetIds("contact").ShouldContain(silent);
        await SiloFixture.UntilAsync(
            () => Task.FromResult(silo.TargetIds("contact", "\"versionnumber\" IS NOT NULL").Contains(told)),
            "the message is written and confirmed");
    }

    private static long VersionOf(SiloFixture silo, Guid account)
    {
        using var connection = silo.OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT \"versionnumber\" FROM \"crm_account\" WHERE \"Id\" = $id";
        _ = command.Parameters.AddWithValue("$id", account.ToString("D"));
        return command.ExecuteScalar() is long version ? version : 0;
    }
}
