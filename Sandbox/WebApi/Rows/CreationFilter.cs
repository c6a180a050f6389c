using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>
/// The other filter that is served: rows by their time of creation, <c>createdon ge … and createdon lt …</c> or one of
/// the two, with <c>or createdon eq null</c> behind it.
/// </summary>
internal sealed record CreationFilter(DateTime? From, DateTime? Until, bool LetsInNull)
{
    private const string Column = "createdon";
    private const string NoTime = $" or {Column} eq null";

    public static bool IsOne(string filter) => filter.StartsWith($"{Column} ", StringComparison.Ordinal);

    /// <exception cref="ApiException">The table has no such column, or the filter is another.</exception>
    public static CreationFilter Parse(SandboxTable table, string filter)
    {
        if (table.Column(Column) is null)
        {
            throw ApiException.BadRequest($"Could not find a property named '{Column}' on type '{table.Name}'.");
        }

        var letsInNull = filter.EndsWith(NoTime, StringComparison.Ordinal);
        var parsed = new CreationFilter(null, null, letsInNull);
        foreach (var part in (letsInNull ? filter[..^NoTime.Length] : filter).Split(" and "))
        {
            parsed = parsed.With(part.Split(' '), filter);
        }

        return parsed;
    }

    public bool LetsIn(in SandboxRecord record) =>
        (From is null || record.CreatedOn >= From) && (Until is null || record.CreatedOn < Until);

    private CreationFilter With(string[] words, string filter)
    {
        var isTime = words is [Column, "ge" or "lt", _] & DateTime.TryParseExact(
            words[^1], "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time);
        return !isTime ? throw ApiException.BadRequest($"The sandbox does not serve the filter '{filter}'.")
            : words[1] == "ge" ? this with { From = time }
            : this with { Until = time };
    }
}
