using Orleans.Runtime;

namespace Orleans;

/// <summary>The identity of a grain, asked of the grain itself or of a reference to it.</summary>
public static class GrainExtensions
{
    /// <summary>The key of a grain whose key is a string.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    public static GrainId GetGrainId(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return grain switch
        {
            IGrainBase { GrainContext: { } context } => context.GrainId,
            GrainReference reference => reference.GrainId,
            IGrainBase => throw new ArgumentException(
                $"The grain {grain.GetType()} has no identity: it was not created by the runtime.", nameof(grain)),
            _ => throw new ArgumentException(
                $"{nameof(GetGrainId)} has been called on an unexpected type: {grain.GetType()}.", nameof(grain)),
        };
    }

    /// <summary>A reference to this grain, to be handed to others in place of the grain itself.</summary>
    /// <exception cref="InvalidCastException">The grain's class does not implement the interface.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        ArgumentNullException.ThrowIfNull(grain);
        var reference = grain as GrainReference ?? ((IGrainBase)grain).GrainContext.GrainReference;
        return reference.Cast<TGrainInterface>();
    }
}
