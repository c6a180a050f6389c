namespace DataExport;

/// <summary>Names one record of one export profile: the identity everything else hangs on.</summary>
/// <param name="Profile">The export profile's id, lower-case text without slash.</param>
/// <param name="Table">The table's logical name, lower case.</param>
/// <param name="RecordId">The record's primary id at the source.</param>
[GenerateSerializer, Immutable, Alias("DataExport.RecordKey")]
public readonly record struct RecordKey(
    [property: Id(0)] string Profile,
    [property: Id(1)] string Table,
    [property: Id(2)] Guid RecordId)
{
    /// <summary>The key of the record's grain: <c>profile/table/32 hexadecimal digits</c>.</summary>
    public string ToGrainKey() => string.Create(
        Profile.Length + Table.Length + 34,
        this,
        static (text, key) =>
        {
            key.Profile.CopyTo(text);
            text[key.Profile.Length] = '/';
            key.Table.CopyTo(text[(key.Profile.Length + 1)..]);
            text[key.Profile.Length + 1 + key.Table.Length] = '/';
            _ = key.RecordId.TryFormat(text[^32..], out _, "N");
        });

    /// <summary>Reads what <see cref="ToGrainKey"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no record key.</exception>
    public static RecordKey Parse(string grainKey)
    {
        ArgumentNullException.ThrowIfNull(grainKey);
        var table = grainKey.IndexOf('/', StringComparison.Ordinal);
        var record = grainKey.LastIndexOf('/');
        if (table <= 0 || record <= table || !Guid.TryParseExact(grainKey.AsSpan(record + 1), "N", out var id))
        {
            throw new FormatException($"'{grainKey}' is no record key. Expected profile/table/record id.");
        }

        return new RecordKey(grainKey[..table], grainKey[(table + 1)..record], id);
    }

    /// <inheritdoc/>
    public override string ToString() => ToGrainKey();
}
