using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>What a silo's options must obey.</summary>
internal static class SiloOptionsRules
{
    private static readonly TimeSpan s_heartbeatMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_heartbeatMax = TimeSpan.FromSeconds(1);

    /// <exception cref="OrleansConfigurationException">Names the option, its value and what it must be.</exception>
    public static void Require(GrainCollectionOptions collection, SiloMessagingOptions messaging)
    {
        RequirePositive("CollectionQuantum", collection.CollectionQuantum);
        RequirePositive("ResponseTimeout", messaging.ResponseTimeout);
        RequireMore("CollectionAge", collection.CollectionAge, collection.CollectionQuantum);
        foreach (var (grainClass, age) in collection.ClassSpecificCollectionAge)
        {
            RequireMore($"ClassSpecificCollectionAge of {grainClass}", age, collection.CollectionQuantum);
        }
    }

    /// <summary>Short against everything that is measured by it.</summary>
    public static TimeSpan GetHeartbeatPeriod(GrainCollectionOptions collection, SiloMessagingOptions messaging)
    {
        var shortest = Math.Min(messaging.ResponseTimeout.Ticks, collection.CollectionQuantum.Ticks) / 10;
        return TimeSpan.FromTicks(Math.Clamp(shortest, s_heartbeatMin.Ticks, s_heartbeatMax.Ticks));
    }

    private static void RequirePositive(string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            throw new OrleansConfigurationException($"{name} is set to {value}. {name} must be greater than 0");
        }
    }

    private static void RequireMore(string name, TimeSpan value, TimeSpan quantum)
    {
        if (value <= quantum && value != Timeout.InfiniteTimeSpan)
        {
            throw new OrleansConfigurationException(
                $"{name} is set to {value}. {name} must be greater than CollectionQuantum, which is set to {quantum}");
        }
    }
}
