namespace DataExport.Sandbox.Tests;

/// <summary>The shared sample of a Configuration Migration set.</summary>
public sealed class DataSampleTests
{
    [SampleFact("data/k12")]
    public void Sample_K12_IsLoadedWhole()
    {
        var sandbox = Load(sink: null);
        var account = sandbox.Table("account");
        sandbox.TryFind(account, new("3e3d804b-6bc6-e811-a99b-000d3a161343"), out var bellows).ShouldBeTrue();

        var ordinary = sandbox.Tables.Where(table => !table.HasSets).ToList();
        ordinary.Sum(sandbox.Count).ShouldBe(1585);
        ordinary.Count(table => sandbox.Count(table) > 0).ShouldBe(59);
        sandbox.Relationships.Count.ShouldBe(13);
        sandbox.Tables.Where(table => table.IsIntersect).Sum(sandbox.Count).ShouldBe(275);
        sandbox.Count(sandbox.Table("activityparty")).ShouldBe(9);
        sandbox.Value(account, bellows, account.Column("address1_composite")!).Text.ShouldBe(
            "6789 College Street\r\nBuffalo, New York 98052");
    }

    [SampleFact("data/k12")]
    public void Sample_K12_TakesChangesOfEveryKind()
    {
        var generator = new ChangeGenerator(Load(new RecordingSink()), 1);

        var kinds = Enumerable.Range(0, 3000).Select(_ => generator.Next().Kind).CountBy(kind => kind).ToDictionary();

        kinds.Keys.Order().ShouldBe(Enum.GetValues<GeneratedChangeKind>());
    }

    private static DataverseSandbox Load(INotificationSink? sink) => new(
        new DataverseSandboxOptions { Model = SandboxModel.FromData(SampleFolder.Find("data/k12")!, 1) },
        new FakeClock(),
        sink);
}
