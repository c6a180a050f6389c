namespace DataExport.Embedded.Tests;

public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>Calls the first grain of the path with the rest of it.</summary>
    /// <param name="path">Keys, joined by commas. Empty: nobody is called.</param>
    Task WalkAsync(string path);
}

public sealed class ChainGrain(Signals signals) : Grain, IChainGrain
{
    public async Task WalkAsync(string path)
    {
        var (next, rest) = path.Split(',', 2) is [var first, var others] ? (first, others) : (path, "");
        if (next.Length > 0)
        {
            var walk = GrainFactory.GetGrain<IChainGrain>(next).WalkAsync(rest);
            signals.Record($"{this.GetPrimaryKeyString()} waits for {next}");
            await walk;
        }
    }
}
