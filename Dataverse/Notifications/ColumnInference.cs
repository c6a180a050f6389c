using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Describes a table by the attributes of one record, for looking at notifications without metadata.
/// </summary>
/// <remarks>
/// JSON tells least, so the other formats forget what it does not tell, and the same message is described alike in all
/// three: GUIDs and texts are text, every number is a decimal (a double where it does not fit one), a date is an
/// instant. Byte arrays, party lists and other objects are left out.
/// </remarks>
internal static class ColumnInference
{
    /// <summary>Makes the table.</summary>
    public static ColumnIndex Describe(string name, Dictionary<string, ColumnType> columns) => new(new TableDefinition
    {
        Name = name,
        EntitySetName = "",
        PrimaryIdColumn = "",
        Columns =
        [
            .. columns.Take(ushort.MaxValue).Select(
                column => new ColumnDefinition { Name = column.Key, Type = column.Value }),
        ],
    });
}
