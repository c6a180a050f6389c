namespace Orleans;

/// <summary>Hands out references to grains. A reference costs nothing until it is called.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain with this key. No grain is brought up by it.</summary>
    /// <param name="primaryKey">Neither empty nor white space.</param>
    /// <param name="grainClassNamePrefix">
    /// The beginning of the full class name, where more than one class implements the interface.
    /// </param>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;
}

/// <summary>A grain factory for code outside grains. In one process it is the same.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
