using Orleans.Configuration;
using Orleans.Storage;

namespace DataExport.Embedded.Tests;

/// <summary>State in JSON files.</summary>
public sealed class FileStorageTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("grain-state-").FullName;
    private GrainCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await StartAsync();

    public async Task DisposeAsync()
    {
        try
        {
            await _cluster.DisposeAsync();
        }
        finally
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b\\c:d*e?f\"g<h>i|j")]
    [InlineData("CON")]
    [InlineData(".")]
    [InlineData("Ünïcode ✓")]
    public async Task State_OfAnyKey_SurvivesARestart(string key)
    {
        await WriteAsync(key, "Ada");

        await RestartAsync();

        (await Grain(key).GetAsync()).Owner.ShouldBe("Ada");
        Files().ShouldAllBe(file => file.StartsWith(_directory, StringComparison.Ordinal));
    }

    [Fact]
    public async Task State_OfAVeryLongKey_SurvivesARestart()
    {
        var key = new string('x', 3_000);
        await WriteAsync(key + "1", "one");
        await WriteAsync(key + "2", "two");

        await RestartAsync();

        (await Grain(key + "1").GetAsync()).Owner.ShouldBe("one");
        (await Grain(key + "2").GetAsync()).Owner.ShouldBe("two");
    }

    [Fact]
    public async Task States_OfKeysThatDifferInCase_AreTwoFiles_OnAnyFileSystem()
    {
        await WriteAsync("key", "lower");
        await WriteAsync("KEY", "upper");

        Files().Select(file => file.ToLowerInvariant()).Distinct().Count().ShouldBe(2);
        await RestartAsync();
        (await Grain("key").GetAsync()).Owner.ShouldBe("lower");
        (await Grain("KEY").GetAsync()).Owner.ShouldBe("upper");
    }

    [Fact]
    public async Task Clear_RemovesTheFile()
    {
        await WriteAsync("k", "Ada");
        await Grain("k").ClearAsync();

        Files().ShouldBeEmpty();
        (await Grain("k").GetAsync()).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task Clear_OfAStateThatWasNeverWritten_IsNoFault()
    {
        await Grain("k").ClearAsync();

        (await Grain("k").GetAsync()).RecordExists.ShouldBeFalse();
        await WriteAsync("k", "Ada");
        (await Grain("k").GetAsync()).Owner.ShouldBe("Ada");
    }

    [Fact]
    public async Task TornFile_FailsTheCall_NamingTheFile()
    {
        await WriteAsync("k", "Ada");
        var file = Files().Single();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file))[..20]);
        await RestartAsync();

        var failure = await Should.ThrowAsync<OrleansException>(() => Grain("k").GetAsync());

        failure.Message.ShouldContain(file);
        failure.Message.ShouldContain("torn");
    }

    [Fact]
    public async Task EmptyFile_FailsTheCall_NamingTheFile()
    {
        await WriteAsync("k", "Ada");
        var file = Files().Single();
        await File.WriteAllTextAsync(file, "");
        await RestartAsync();

        (await Should.ThrowAsync<OrleansException>(() => Grain("k").GetAsync())).Message.ShouldContain(file);
    }

    [Fact]
    public async Task ForeignFile_FailsTheCall_NamingTheFileAndBothGrains()
    {
        await WriteAsync("mine", "Ada");
        var mine = Files().Single();
        await WriteAsync("theirs", "Eve");
        File.Copy(Files().Single(file => file != mine), mine, overwrite: true);
        await RestartAsync();

        var failure = await Should.ThrowAsync<OrleansException>(() => Grain("mine").GetAsync());

        failure.Message.ShouldContain(mine);
        failure.Message.ShouldContain("state/theirs");
    }

    [Fact]
    public async Task HalfWrittenNextFile_OfACrash_DoesNotCount()
    {
        await WriteAsync("k", "Ada");
        await File.WriteAllTextAsync(Files().Single() + ".next", "{ half");
        await RestartAsync();

        (await Grain("k").GetAsync()).Owner.ShouldBe("Ada");
        await WriteAsync("k", "Bob");
        Files().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Write_AfterTheFileWasReplaced_FailsAndTheNextActivationReadsIt()
    {
        await WriteAsync("k", "Ada");
        var file = Files().Single();
        var old = await File.ReadAllTextAsync(file);
        await WriteAsync("k", "Bob");
        await File.WriteAllTextAsync(file, old);

        await Should.ThrowAsync<InconsistentStateException>(() => Grain("k").WriteAsync());

        (await Grain("k").GetAsync()).Owner.ShouldBe("Ada");
    }

    [Fact]
    public async Task Write_AfterTheFileWasDeleted_Fails()
    {
        await WriteAsync("k", "Ada");
        File.Delete(Files().Single());

        await Should.ThrowAsync<InconsistentStateException>(() => Grain("k").WriteAsync());
    }

    [Fact]
    public async Task Storage_WithoutADirectory_FailsNamingTheOption()
    {
        await using var cluster = await GrainCluster.StartAsync(
            static silo => silo.AddFileGrainStorage(GrainCluster.Storage, static _ => { }));

        var grain = cluster.Grains.GetGrain<IStateGrain>("k");
        (await Should.ThrowAsync<InvalidOperationException>(grain.GetAsync))
            .InnerException.ShouldBeOfType<OrleansConfigurationException>()
            .Message.ShouldContain(nameof(FileGrainStorageOptions.Directory));
    }

    private IStateGrain Grain(string key) => _cluster.Grains.GetGrain<IStateGrain>(key);

    private List<string> Files() => [.. Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories)];

    private async Task WriteAsync(string key, string owner)
    {
        await Grain(key).SetAsync(owner, 1);
        await Grain(key).WriteAsync();
    }

    private async Task RestartAsync()
    {
        await _cluster.DisposeAsync();
        _cluster = await StartAsync();
    }

    private Task<GrainCluster> StartAsync() => GrainCluster.StartAsync(silo =>
        silo.AddFileGrainStorage(GrainCluster.Storage, options => options.Directory = _directory));
}
