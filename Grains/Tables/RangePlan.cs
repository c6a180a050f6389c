using System.Collections.Immutable;
using System.Text.Json;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Tables;

/// <summary>The ranges that a table is read in, and how far each is. Stored where else the next link stands.</summary>
internal sealed record RangePlan(ImmutableArray<RangePlace> Ranges)
{
    /// <summary>Ranges with about as many of these times each; fewer where many rows were created at once.</summary>
    /// <param name="createdOn">Times of creation, UTC, of some rows.</param>
    /// <param name="rangesMax">How many ranges are wanted.</param>
    /// <returns><see langword="null"/> when the times do not tell rows apart.</returns>
    public static RangePlan? Of(IEnumerable<DateTime> createdOn, int rangesMax)
    {
        var sorted = createdOn.Select(ToSecond).Order().ToArray();
        var bounds = sorted.Length == 0
            ? []
            : Enumerable.Range(1, rangesMax - 1).Select(part => sorted[(int)((long)part * sorted.Length / rangesMax)])
                .Where(bound => bound > sorted[0]).Distinct().ToArray();
        return bounds.Length == 0 ? null : new RangePlan([.. bounds.Append(default).Select(
            (bound, place) => new RangePlace(
                place == 0 ? null : bounds[place - 1], place == bounds.Length ? null : bound))]);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; a link is none.</summary>
    public static RangePlan? TryParse(string? stored) =>
        stored is ['{', ..] ? JsonSerializer.Deserialize<RangePlan>(stored) : null;

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(this);

    private static DateTime ToSecond(DateTime time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Kind);
}

/// <summary>A range and how far it is read.</summary>
/// <param name="From">See <see cref="CreationRange.From"/>.</param>
/// <param name="Until">See <see cref="CreationRange.Until"/>.</param>
/// <param name="NextLink">The page to read next; <see langword="null"/>: its first.</param>
/// <param name="IsDone">Whether all of it is read.</param>
internal sealed record RangePlace(DateTime? From, DateTime? Until, string? NextLink = null, bool IsDone = false);
