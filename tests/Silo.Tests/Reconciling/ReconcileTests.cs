using DataExport.Sandbox;
using DataExport.Silo.Tests.Trouble;

namespace DataExport.Silo.Tests.Reconciling;

/// <summary>What a reconcile finds and repairs: whole silo, real tables, seeded drifts.</summary>
public sealed class ReconcileTests
{
    private const int ChangesMax = 5_000;
    private const string Extra = "aaaaaaaa-0000-4000-8000-00000000000";

    [Fact]
    public async Task SeededDrifts_AreAllFoundAndNothingElse_AndRepaired()
    {
        await using var silo = new SiloFixture(rows: 20_000);
        await silo.StartAsync("contact");
        var ids = silo.SourceIds("contact").Order().Take(50).ToArray();
        var before = RowOf(silo, ids[30]);
        var seeded = Seed(silo, ids);

        var found = await silo.ReconcileAsync(new ReconcileRequest { Cells = true });
        var repaired = await silo.ReconcileAsync(new ReconcileRequest { Cells = true, Repair = true });
        var after = await silo.ReconcileAsync(new ReconcileRequest { Cells = true });

        Shown(found).ShouldBe(seeded, ignoreOrder: true);
        found.Drifts.Where(static drift => drift.Kind is DriftKind.Altered)
            .ShouldAllBe(static drift => drift.Columns.SequenceEqual(new[] { "lastname" }));
        (found.Repaired, found.Asked, found.Rejected, found.Undecided).ShouldBe((0, 0, 0, 0));
        found.RowsAtSource.ShouldBe(silo.SourceIds("contact").Count);
        found.RowsInTarget.ShouldBe(found.RowsAtSource);
        repaired.Repaired.ShouldBe(seeded.Count);
        after.Different.ShouldBe(0);
        silo.TargetIds("contact").ShouldBe(silo.SourceIds("contact"), ignoreOrder: true);
        RowOf(silo, ids[30]).ShouldBe(before);
        silo.LoggedIds("contact").Count.ShouldBe(10, "a deleted row leaves a tombstone");
    }

    [Fact]
    public async Task Requests_AreOneAPageAndOneAGroup()
    {
        await using var silo = new SiloFixture(rows: 2_000);
        await silo.StartAsync("contact");
        var ids = silo.SourceIds("contact").Order().Take(50).ToArray();
        _ = Seed(silo, ids);
        var pages = silo.Sandbox.WebApi.Counters.Pages;
        var fetches = silo.Sandbox.WebApi.Counters.FetchRequests;

        var report = await silo.ReconcileAsync(new ReconcileRequest { Repair = true });

        (silo.Sandbox.WebApi.Counters.Pages - pages + 1).ShouldBe(report.SourceRequests);
        (silo.Sandbox.WebApi.Counters.FetchRequests - fetches).ShouldBe(1);
        (report.Different, report.Repaired, report.Altered).ShouldBe((40, 40, 0));
    }

    [Fact]
    public async Task LiveChanges_AreNoDrift()
    {
        await using var silo = new SiloFixture(rows: 3_000);
        await silo.StartAsync("contact");
        using var patience = new CancellationTokenSource(Patience.Limit);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var changing = Task.Run(() => ChangeAsync(silo, enough.Token), patience.Token);

        var reports = new List<TableReconcileReport>();
        for (var run = 0; run < 4; run++)
        {
            reports.Add(await silo.ReconcileAsync(new ReconcileRequest { Cells = run % 2 == 0, Repair = run > 1 }));
        }

        await enough.CancelAsync();
        (await changing).ShouldBeGreaterThan(10);
        reports.ShouldAllBe(static report => report.Phase == ReconcilePhase.Done && report.Drifts.IsEmpty);
        await silo.SyncAsync();
        silo.TargetIds("contact").ShouldBe(silo.SourceIds("contact"), ignoreOrder: true);
    }

    [Fact]
    public async Task LostReadPrivilege_DeletesNothing_AndIsTold()
    {
        await using var silo = new SiloFixture(rows: 600);
        await silo.StartAsync("contact");
        var before = silo.TargetIds("contact");
        silo.Sandbox.WebApi.SetReadDepth(silo.Sandbox.Environment.Table("contact"), ReadDepth.Basic);

        var report = await silo.ReconcileAsync(new ReconcileRequest { Repair = true, AllowDeletions = true });

        silo.TargetIds("contact").ShouldBe(before, ignoreOrder: true);
        (report.Phase, report.Different).ShouldBe((ReconcilePhase.Failed, 0));
        report.Message.ShouldNotBeNull().ShouldContain("organization-level read");
    }

    [Fact]
    public async Task ManyExtraRows_AreDeletedOnlyWhenThatIsAllowed()
    {
        await using var silo = new SiloFixture(rows: 100);
        await silo.StartAsync("contact");
        var made = silo.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 100000 UNION ALL SELECT i + 1 FROM n WHERE i < 101000)
            INSERT INTO crm_contact (Id, versionnumber) SELECT 'aaaaaaaa-0000-4000-8000-000000' || i, 1 FROM n
            """);
        made.ShouldBe(1_001);

        var refused = await silo.ReconcileAsync(new ReconcileRequest { Repair = true });
        var held = silo.TargetIds("contact").Count;
        var allowed = await silo.ReconcileAsync(new ReconcileRequest { Repair = true, AllowDeletions = true });

        (refused.Extra, refused.Repaired).ShouldBe((1_001, 0));
        refused.Message.ShouldNotBeNull().ShouldContain("UnannouncedDeletionsMax (1000)");
        held.ShouldBe(silo.SourceIds("contact").Count + 1_001);
        (allowed.Extra, allowed.Repaired, allowed.Message).ShouldBe((1_001, 1_001, null));
        silo.TargetIds("contact").ShouldBe(silo.SourceIds("contact"), ignoreOrder: true);
    }

    [Fact]
    public async Task FilteredAndMaskedTable_IsComparedAsItIsExported()
    {
        await using var silo = new SiloFixture(rows: 2_000);
        await silo.StartAsync(
            [
                new ProfileEntity("contact")
                {
                    Filter = "gendercode eq 2", Masks = [new("lastname"), new("emailaddress1", MaskKind.Hash)],
                },
            ],
            maskKey: "a key of 16 letters");
        var inside = silo.TargetIds("contact");
        var outside = silo.SourceIds("contact").Except(inside).First();
        var lost = inside.First();

        var clean = await silo.ReconcileAsync(new ReconcileRequest { Cells = true });
        silo.Execute($"DELETE FROM crm_contact WHERE Id = '{lost}'").ShouldBe(1);
        silo.Execute($"INSERT INTO crm_contact (Id, versionnumber) VALUES ('{outside}', 1)").ShouldBe(1);
        var repaired = await silo.ReconcileAsync(new ReconcileRequest { Cells = true, Repair = true });

        (clean.Different, clean.RowsAtSource).ShouldBe((0, inside.Count));
        Shown(repaired).ShouldBe([(lost, DriftKind.Missing), (outside, DriftKind.Extra)], ignoreOrder: true);
        (repaired.Repaired, repaired.Asked).ShouldBe((1, 1), "what enters a filtered table is asked first");
        await silo.SyncAsync();
        silo.TargetIds("contact").ShouldBe(inside, ignoreOrder: true);
    }

    [Fact]
    public async Task OpenQuestion_IsLeftToConfirming()
    {
        await using var silo = new SiloFixture(rows: 100);
        await silo.StartAsync("contact");
        var lost = silo.SourceIds("contact").First();
        silo.Execute($"DELETE FROM crm_contact WHERE Id = '{lost}'").ShouldBe(1);
        silo.Execute(
            $"""
            INSERT INTO crm_Pending (EntityName, RecordId, Reason, QuestionNumber, AskedOn)
            VALUES ('contact', '{lost}', 1, 1, '2999-01-01 00:00:00.000')
            """).ShouldBe(1);

        (await silo.ReconcileAsync(new ReconcileRequest())).Different.ShouldBe(0);
    }

    [Fact]
    public async Task Start_OfWhatCannotBeCompared_IsRefusedInWords()
    {
        await using var silo = new SiloFixture(rows: 20);
        await silo.CreateAsync("contact");
        Task StartAsync(string table) => silo.Reconcile.StartAsync(new ReconcileRequest { Tables = [table] });

        (await Should.ThrowAsync<ProfileException>(() => StartAsync("contact"))).Message.ShouldContain("not active");
        await silo.ActivateAsync();
        (await Should.ThrowAsync<ProfileException>(() => StartAsync("lead"))).Message.ShouldEndWith(
            "does not export: lead. Name some of: contact.");
        (await silo.Reconcile.GetReportAsync()).ShouldBeNull();
    }

    /// <summary>Ten drifts of each kind.</summary>
    private static List<(Guid Id, DriftKind Kind)> Seed(SiloFixture silo, Guid[] ids)
    {
        var drifts = new List<(Guid, DriftKind)>();
        for (var place = 0; place < 10; place++)
        {
            Do(ids[place], DriftKind.Missing, "DELETE FROM crm_contact WHERE Id = '{0}'");
            Do(ids[place + 10], DriftKind.Stale, "UPDATE crm_contact SET versionnumber = 1 WHERE Id = '{0}'");
            Do(ids[place + 20], DriftKind.Ahead, "UPDATE crm_contact SET versionnumber = 1000000000 WHERE Id = '{0}'");
            Do(ids[place + 30], DriftKind.Altered, "UPDATE crm_contact SET lastname = 'x' WHERE Id = '{0}'");
            Do(
                Guid.Parse($"{Extra}{place}"), DriftKind.Extra,
                "INSERT INTO crm_contact (Id, versionnumber) VALUES ('{0}', 5)");
        }

        return drifts;

        void Do(Guid id, DriftKind kind, string sql)
        {
            silo.Execute(sql.Replace("{0}", id.ToString("D"), StringComparison.Ordinal)).ShouldBe(1);
            drifts.Add((id, kind));
        }
    }

    private static IEnumerable<(Guid Id, DriftKind Kind)> Shown(TableReconcileReport report) =>
        report.Drifts.Select(static drift => (drift.RecordId, drift.Kind));

    /// <summary>All cells of a contact, but for when it was written.</summary>
    private static string RowOf(SiloFixture silo, Guid id)
    {
        using var connection = silo.OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM crm_contact WHERE Id = '{id}'";
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        return string.Join('|', Enumerable.Range(0, reader.FieldCount)
            .Where(column => reader.GetName(column) != "SinkModifiedOn").Select(reader.GetValue));
    }

    /// <summary>Changes contacts with and without messages until it is enough.</summary>
    private static async Task<int> ChangeAsync(SiloFixture silo, CancellationToken enough)
    {
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        var ids = silo.SourceIds("contact").ToArray();
        var changes = 0;
        for (; changes < ChangesMax && !enough.IsCancellationRequested; changes++)
        {
            var id = ids[changes * 7 % ids.Length];
            _ = (changes % 8) switch
            {
                0 => environment.Delete(contacts, id),
                1 => environment.DeleteSilently(contacts, id),
                2 => environment.Create(contacts) != default,
                3 => environment.CreateSilently(contacts) != default,
                _ => environment.Update(contacts, id, columns: 3),
            };
            if (changes % 16 == 0)
            {
                _ = await silo.Profile.GetReportAsync();
            }
        }

        return changes;
    }
}
