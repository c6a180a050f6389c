using System.Globalization;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>The filter of a range of rows.</summary>
internal static class RangeFilter
{
    private const string Column = "createdon";

    /// <summary>Its text in OData.</summary>
    public static string Of(CreationRange range) => range switch
    {
        { From: { } from, Until: { } until } => $"{Column} ge {Text(from)} and {Column} lt {Text(until)}",
        { From: { } from } => $"{Column} ge {Text(from)}",
        { Until: { } until } => $"{Column} lt {Text(until)} or {Column} eq null",
        _ => throw new ArgumentException("A range without an end needs no filter.", nameof(range)),
    };

    private static string Text(DateTime instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
