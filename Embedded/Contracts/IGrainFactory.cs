using Orleans.Runtime;

namespace Orleans;

/// <summary>Hands out references to grains. A reference costs nothing until it is called.</summary>
/// <remarks>
/// No grain is brought up by it. Where more than one class implements the interface, the beginning of the full class
/// name decides; an <see cref="ArgumentException"/> tells that it does not, or that there is no class.
/// </remarks>
public interface IGrainFactory
{
    TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey;

    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <param name="primaryKey">Neither empty nor white space.</param>
    /// <param name="grainClassNamePrefix">The beginning of the full class name, where it is needed.</param>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <param name="primaryKey">The first part of the key.</param>
    /// <param name="keyExtension">The second, neither empty nor white space.</param>
    /// <param name="grainClassNamePrefix">The beginning of the full class name, where it is needed.</param>
    TGrainInterface GetGrain<TGrainInterface>(
        Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey;

    /// <inheritdoc cref="GetGrain{TGrainInterface}(Guid, string, string)"/>
    TGrainInterface GetGrain<TGrainInterface>(
        long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey;

    /// <summary>A reference to the grain that the id names.</summary>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;
}

/// <summary>A grain factory for code outside grains. In one process it is the same.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
