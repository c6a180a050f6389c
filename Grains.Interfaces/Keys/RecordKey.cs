namespace DataExport;

/// <summary>
/// Names one record of one export profile, the identity everything else hangs on; or one set of records: all that hold
/// an id in a certain column.
/// </summary>
/// <param name="Profile">The export profile's id, lower-case text without slash.</param>
/// <param name="Table">The table's logical name, lower case.</param>
/// <param name="RecordId">The record's primary id at the source. Of a set: the id that its records hold.</param>
/// <param name="SetColumn">
/// <see langword="null"/> for a record. Of a set: the column, one of <see cref="TableDefinition.SetColumns"/>.
/// </param>
[GenerateSerializer, Immutable, Alias("DataExport.RecordKey")]
public readonly record struct RecordKey(
    [property: Id(0)] string Profile,
    [property: Id(1)] string Table,
    [property: Id(2)] Guid RecordId,
    [property: Id(3)] string? SetColumn = null)
{
    private const int IdLength = 32;

    /// <summary>
    /// The key of the record's grain: <c>profile/table/32 hexadecimal digits</c>, of a set followed by <c>/column</c>.
    /// </summary>
    public string ToGrainKey() => string.Create(
        Profile.Length + Table.Length + 2 + IdLength + (SetColumn is null ? 0 : SetColumn.Length + 1),
        this,
        static (text, key) =>
        {
            key.Profile.CopyTo(text);
            text[key.Profile.Length] = '/';
            key.Table.CopyTo(text[(key.Profile.Length + 1)..]);
            text = text[(key.Profile.Length + 1 + key.Table.Length)..];
            text[0] = '/';
            _ = key.RecordId.TryFormat(text[1..], out _, "N");
            if (key.SetColumn is { } column)
            {
                text[IdLength + 1] = '/';
                column.CopyTo(text[(IdLength + 2)..]);
            }
        });

    /// <summary>Reads what <see cref="ToGrainKey"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no record key.</exception>
    public static RecordKey Parse(string grainKey)
    {
        ArgumentNullException.ThrowIfNull(grainKey);
        var table = grainKey.IndexOf('/', StringComparison.Ordinal) + 1;
        var record = table == 0 ? 0 : grainKey.IndexOf('/', table) + 1;
        var end = record + IdLength;
        if (table <= 1 || record == 0 || record == table + 1 || grainKey.Length < end
            || !Guid.TryParseExact(grainKey.AsSpan(record, IdLength), "N", out var id)
            || (grainKey.Length > end && (grainKey[end] != '/' || grainKey.Length == end + 1)))
        {
            throw new FormatException($"'{grainKey}' is no record key. Expected profile/table/record id.");
        }

        return new RecordKey(
            grainKey[..(table - 1)],
            grainKey[table..(record - 1)],
            id,
            grainKey.Length > end ? grainKey[(end + 1)..] : null);
    }

    /// <inheritdoc/>
    public override string ToString() => ToGrainKey();
}
