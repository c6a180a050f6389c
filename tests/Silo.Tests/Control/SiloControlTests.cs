using System.Text;
using DataExport.Silo.Tests.Trouble;

namespace DataExport.Silo.Tests.Control;

/// <summary>What a whole silo leaves in its control database.</summary>
public sealed class SiloControlTests
{
    [Fact]
    public async Task Profile_FromItsActivationToItsDeletion_StandsThere()
    {
        await using var silo = new SiloFixture(rows: 60);
        await silo.StartAsync("contact");
        await UntilAsync("SELECT Status FROM ProfileOverview", "DeltaSync");

        var rows = silo.SourceIds("contact").Count;
        silo.AskControl("SELECT Phase || ' ' || RowsDone FROM ProfileTables").ShouldBe($"Delta {rows}");
        silo.AskControl("SELECT Name || ' ' || DestinationType FROM Profiles").ShouldBe("sales sqlite");
        silo.Sandbox.Environment.Create(silo.Sandbox.Environment.Table("contact"));
        await UntilAsync("SELECT SUM(MessagesCompleted) FROM SyncMetrics", "1");
        long.Parse(silo.AskControl("SELECT SUM(RowsRead) FROM SyncMetrics")!).ShouldBeGreaterThanOrEqualTo(rows);

        _ = await silo.Profile.DeactivateAsync();
        await UntilAsync("SELECT Status FROM Profiles", "Deactivated");
        await silo.Profile.DeleteAsync();
        await UntilAsync("SELECT Status FROM Profiles WHERE DeletedOn IS NOT NULL", "Deleted");
        (await ReadFileAsync()).ShouldNotContain("SharedAccessKey");

        Task UntilAsync(string sql, string answer) => SiloFixture.UntilAsync(
            () => Task.FromResult(silo.AskControl(sql) == answer), $"{sql} answers {answer}");

        async Task<string> ReadFileAsync() => Encoding.Latin1.GetString(await File.ReadAllBytesAsync(silo.ControlFile));
    }
}
