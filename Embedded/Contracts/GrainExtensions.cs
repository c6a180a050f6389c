using System.Buffers.Binary;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The identity of a grain, asked of the grain itself or of a reference to it.</summary>
public static class GrainExtensions
{
    /// <summary>The key of a grain whose key is a string.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    /// <summary>The key of a grain whose key is a <see cref="Guid"/>.</summary>
    /// <exception cref="InvalidOperationException">The key is neither a <see cref="Guid"/> nor an integer.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain) => GetPrimaryKey(grain, out _);

    /// <summary>The key of a grain whose key is a <see cref="Guid"/> and a text.</summary>
    /// <remarks>An integer is taken for the last eight bytes of a <see cref="Guid"/>, as in Orleans.</remarks>
    /// <exception cref="InvalidOperationException">The key is neither a <see cref="Guid"/> nor an integer.</exception>
    public static Guid GetPrimaryKey(this IAddressable grain, out string? keyExt)
    {
        var grainId = GetGrainId(grain);
        if (grainId.TryGetGuidKey(out var key, out keyExt))
        {
            return key;
        }

        if (grainId.TryGetIntegerKey(out var integer, out keyExt))
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], integer);
            return new Guid(bytes);
        }

        throw new InvalidOperationException($"Unable to extract GUID key from grain id {grainId}");
    }

    /// <summary>The key of a grain whose key is a <see cref="long"/>.</summary>
    /// <exception cref="InvalidOperationException">The key is no integer.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) => GetPrimaryKeyLong(grain, out _);

    /// <summary>The key of a grain whose key is a <see cref="long"/> and a text.</summary>
    /// <exception cref="InvalidOperationException">The key is no integer.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain, out string? keyExt)
    {
        var grainId = GetGrainId(grain);
        return grainId.TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {grainId}");
    }

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
