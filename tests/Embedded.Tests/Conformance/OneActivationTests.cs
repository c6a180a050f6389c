using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>Whatever comes and goes: one activation a key, one turn at a time, and every call has an answer.</summary>
public sealed class OneActivationTests
{
    private const int CallersCount = 32;
    private const int CallsCount = 400;
    private const int KeysCount = 8;

    [Fact]
    public async Task Grains_ThatLeaveAllTheTime_AreNeverTwiceInMemory()
    {
        await using var cluster = await GrainCluster.StartAsync(static silo => silo.Services.AddSingleton<Census>());
        var census = cluster.Services.GetRequiredService<Census>();

        var answered = await Task.WhenAll(
            Enumerable.Range(0, CallersCount).Select(caller => Task.Run(() => CallAsync(cluster.Grains, caller))));

        census.Most.ShouldBe(1);
        census.Activations.ShouldBeGreaterThan(KeysCount * 2);
        answered.Sum().ShouldBeGreaterThan(CallersCount * CallsCount / 10);
        await cluster.StopAsync();
        census.Alive.ShouldBe(0);
    }

    /// <summary>
    /// Returns how many calls ran. The others were rejected, as calls are that meet leaving grains only.
    /// </summary>
    private static async Task<int> CallAsync(IGrainFactory grains, int caller)
    {
        var random = new Random(caller);
        var ran = 0;
        for (var call = 0; call < CallsCount; call++)
        {
            var grain = grains.GetGrain<IAloneGrain>($"key {random.Next(KeysCount)}");
            var leave = random.Next(10) == 0;
            try
            {
                await (random.Next(2) == 0 ? grain.WorkAsync(leave) : grain.PassAsync(leave).AsTask())
                    .WaitAsync(Patience.Limit);
                ran++;
            }
            catch (OrleansMessageRejectionException)
            {
                // Three activations in a row were leaving.
            }
        }

        return ran;
    }
}
