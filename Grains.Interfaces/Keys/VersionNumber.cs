using System.Globalization;

namespace DataExport;

/// <summary>Dataverse's row version: grows with every change of a record and orders its changes.</summary>
/// <param name="Value">The number as Dataverse prints it in <c>versionnumber</c> and in <c>@odata.etag</c>.</param>
[GenerateSerializer, Immutable, Alias("DataExport.VersionNumber")]
public readonly record struct VersionNumber([property: Id(0)] long Value)
{
    /// <summary>Older than every version that Dataverse hands out.</summary>
    public static readonly VersionNumber None;

    /// <summary>Whether this version was given after <paramref name="other"/>.</summary>
    public bool IsNewerThan(VersionNumber other) => Value > other.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
