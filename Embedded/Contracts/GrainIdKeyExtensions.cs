using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Keys that are no text, as the text that stands in a grain id.</summary>
/// <remarks>
/// A <see cref="Guid"/> is 32 lower-case hexadecimal digits, an integer its upper-case hexadecimal digits without
/// leading zeros; the text of a compound key follows a plus sign. Stored states are found by it: never change.
/// </remarks>
public static class GrainIdKeyExtensions
{
    private const int GuidLength = 32;
    private const int IntegerLengthMax = 16;

    public static IdSpan CreateIntegerKey(long key) =>
        IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan CreateIntegerKey(long key, string? keyExtension) => string.IsNullOrWhiteSpace(keyExtension)
        ? CreateIntegerKey(key)
        : IdSpan.Create(string.Create(CultureInfo.InvariantCulture, $"{key:X}+{keyExtension}"));

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N", CultureInfo.InvariantCulture));

    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) => string.IsNullOrWhiteSpace(keyExtension)
        ? CreateGuidKey(key)
        : IdSpan.Create(string.Create(CultureInfo.InvariantCulture, $"{key:N}+{keyExtension}"));

    /// <summary>False when the key is no integer; then the results mean nothing.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = grainId.Key.ToString();
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        keyExt = plus < 0 ? null : text[(plus + 1)..];
        var digits = plus < 0 ? text : text.AsSpan(0, plus);
        key = 0;
        return digits.Length <= IntegerLengthMax
            && long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);
    }

    /// <exception cref="ArgumentException">The key is no integer.</exception>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException(
                $"Value \"{grainId}\" is not in the correct format for an Integer key.", nameof(grainId));

    /// <inheritdoc cref="GetIntegerKey(GrainId, out string)"/>
    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    /// <summary>False when the key is no <see cref="Guid"/>; then the results mean nothing.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var text = grainId.Key.ToString();
        var isCompound = text.Length > GuidLength && text[GuidLength] == '+';
        keyExt = isCompound ? text[(GuidLength + 1)..] : null;
        key = default;
        return (isCompound || text.Length == GuidLength)
            && Guid.TryParseExact(text.AsSpan(0, GuidLength), "N", out key);
    }

    /// <exception cref="ArgumentException">The key is no <see cref="Guid"/>.</exception>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt)
            ? key
            : throw new ArgumentException(
                $"Value \"{grainId}\" is not in the correct format for a Guid key.", nameof(grainId));

    /// <inheritdoc cref="GetGuidKey(GrainId, out string)"/>
    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);
}
