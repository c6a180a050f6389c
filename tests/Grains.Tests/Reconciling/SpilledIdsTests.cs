using DataExport.Grains.Reconciling;

namespace DataExport.Grains.Tests.Reconciling;

public sealed class SpilledIdsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-spill-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Ids_OfTwoSides_StandInFilesOfTheSameNumber()
    {
        using var one = new SpilledIds(_directory, buckets: 7);
        using var other = new SpilledIds(_directory, buckets: 7);
        var ids = Enumerable.Range(0, 5_000).Select(static _ => Guid.NewGuid()).ToArray();
        Array.ForEach(ids, one.Add);
        Array.ForEach([.. ids.Reverse()], other.Add);

        var read = new List<Guid>();
        for (var bucket = 0; bucket < one.Buckets; bucket++)
        {
            var some = await one.ReadAsync(bucket, default);
            some.ShouldBe(await other.ReadAsync(bucket, default), ignoreOrder: true);
            some.Length.ShouldBeInRange(500, 1_000, "they are spread evenly");
            read.AddRange(some);
        }

        read.ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public void Files_LeaveNoTrace()
    {
        using var ids = new SpilledIds(_directory, buckets: 3);
        using var suspects = new Suspects(_directory);
        ids.Add(Guid.NewGuid());

        Directory.GetFiles(_directory).ShouldBeEmpty("a crash must leave nothing behind");
    }

    [Fact]
    public void Suspects_ComeInGroupsInTheirOrder()
    {
        using var suspects = new Suspects(_directory);
        var added = Enumerable.Range(0, 10_001)
            .Select(static place => new Suspect(Guid.NewGuid(), new VersionNumber(place % 3))).ToArray();
        Array.ForEach(added, suspects.Add);

        var groups = suspects.Groups(500).ToArray();

        groups.Length.ShouldBe(21);
        groups.SelectMany(static group => group).ShouldBe(added);
        suspects.Groups(20_000).ShouldHaveSingleItem().Length.ShouldBe(10_001);
    }
}
