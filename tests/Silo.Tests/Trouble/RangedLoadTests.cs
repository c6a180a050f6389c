using DataExport.Sandbox;

namespace DataExport.Silo.Tests.Trouble;

/// <summary>Large tables that are read in ranges at once: whole silo, real tables.</summary>
public sealed class RangedLoadTests
{
    [Fact]
    public async Task Table_ReadInRangesWhileItChanges_EndsEqualAndStaysIt()
    {
        await using var silo = new SiloFixture(rows: 6_000, ranges: 4);
        var environment = silo.Sandbox.Environment;
        var contacts = environment.Table("contact");
        var ordinal = contacts.Columns.First(static column => column.CanComeAndGo).Ordinal;
        var ids = environment.Records(contacts).Select(static record => record.Id).ToArray();
        await silo.CreateAsync("contact", "account");
        using var changing = new CancellationTokenSource();
        var changes = Task.Run(() => ChangeAsync(environment, contacts, (ordinal, ids), changing.Token));
        await silo.ActivateAsync();
        await changing.CancelAsync();
        await changes;
        await silo.SyncAsync();
        var loaded = (silo.TargetVersions("contact"), silo.SourceVersions("contact"));

        _ = environment.UpdateSilently(contacts, ids[1], [ordinal]);
        _ = environment.DeleteSilently(contacts, ids[2]);
        var created = environment.CreateSilently(contacts);
        await silo.SyncAsync();

        loaded.Item1.ShouldBe(loaded.Item2, ignoreOrder: true);
        silo.TargetVersions("contact").ShouldBe(silo.SourceVersions("contact"), ignoreOrder: true);
        silo.TargetIds("contact").ShouldContain(created);
        silo.AskTarget("SELECT \"DeltaHasIdsOnly\" FROM crm_TableSync WHERE \"EntityName\" = 'contact'")
            .ShouldBe("1", "the test needs ranges");
    }

    private static void ChangeAsync(
        DataverseSandbox environment, SandboxTable table, (int Ordinal, Guid[] Ids) of, CancellationToken stopping)
    {
        for (var change = 0; !stopping.IsCancellationRequested && change < of.Ids.Length; change++)
        {
            _ = (change % 3) switch
            {
                0 => environment.UpdateSilently(table, of.Ids[change], [of.Ordinal]),
                1 => environment.DeleteSilently(table, of.Ids[^(change + 1)]),
                _ => environment.CreateSilently(table) != Guid.Empty,
            };
        }
    }
}
