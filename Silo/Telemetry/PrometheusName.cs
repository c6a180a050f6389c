namespace DataExport.Silo.Telemetry;

/// <summary>Turns the names of instruments and tags into those of Prometheus.</summary>
internal static class PrometheusName
{
    /// <summary>The name of a series, such as <c>dataexport_batch_duration_seconds</c>.</summary>
    public static string Of(string instrument, string unit, bool isCounter)
    {
        var name = Clean(instrument);
        var suffix = UnitSuffix(unit);
        if (suffix.Length > 0 && !name.EndsWith(suffix, StringComparison.Ordinal))
        {
            name += suffix;
        }

        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Everything that Prometheus does not take in a name becomes an underscore.</summary>
    public static string Clean(string name) => string.Create(name.Length, name, static (cleaned, source) =>
    {
        for (var index = 0; index < source.Length; index++)
        {
            var character = source[index];
            var isAllowed = char.IsAsciiLetter(character) || (char.IsAsciiDigit(character) && index > 0);
            cleaned[index] = isAllowed ? character : '_';
        }
    });

    private static string UnitSuffix(string unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        // Units in braces only say what is counted, which the name says already.
        _ => "",
    };
}
