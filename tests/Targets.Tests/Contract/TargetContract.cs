namespace DataExport.Targets.Tests.Contract;

/// <summary>What every engine does alike. Written once and run on each.</summary>
public abstract partial class TargetContract
{
    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    /// <summary>An empty database of the engine.</summary>
    protected abstract Task<TestTarget> CreateAsync();

    private async Task<TestTarget> StartAsync(params TableDefinition[] tables) =>
        await TestTarget.StartAsync(await CreateAsync(), tables);

    /// <summary>With contacts, past their initial sync.</summary>
    private async Task<TestTarget> StartLoadedAsync()
    {
        var test = await StartAsync(Tables.Contact);
        await test.EndLoadAsync();
        return test;
    }
}
