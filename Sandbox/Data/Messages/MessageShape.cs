using System.Text;

namespace DataExport.Sandbox;

/// <summary>Which columns of a table stand in which message, and in which order.</summary>
internal sealed class MessageShape
{
    public MessageShape(SandboxTable table)
    {
        Name = Encoding.UTF8.GetBytes(table.Name);
        PrimaryId = [table.PrimaryId.Ordinal];
        Created = Ordinals(table, column => !IsStamp(column)
            && column.Role is not (ColumnRole.VersionNumber or ColumnRole.Computed)
            && column.Type is not SandboxColumnType.Image);
        CreatedStamps = Ordinals(table, IsStamp);
        UpdatedStamps = Ordinals(table, column => IsStamp(column)
            && column.Name.StartsWith("modified", StringComparison.Ordinal));
        ModifiedBy = table.Columns.FirstOrDefault(column => column.Role is ColumnRole.ModifiedBy)?.Ordinal;
    }

    /// <summary>The table's name in UTF-8.</summary>
    public byte[] Name { get; }

    public int[] PrimaryId { get; }

    /// <summary>What a create sends.</summary>
    public int[] Created { get; }

    /// <summary>What Dataverse adds to a create.</summary>
    public int[] CreatedStamps { get; }

    /// <summary>What Dataverse adds to an update.</summary>
    public int[] UpdatedStamps { get; }

    /// <summary>The user who changed the record; not every table tells.</summary>
    public int? ModifiedBy { get; }

    private static bool IsStamp(SandboxColumn column) => column.Role is
        ColumnRole.CreatedOn or ColumnRole.ModifiedOn or ColumnRole.ModifiedBy
        || (column.Role is ColumnRole.Nothing && column.Type is not SandboxColumnType.Image);

    private static int[] Ordinals(SandboxTable table, Func<SandboxColumn, bool> fits) =>
        [.. table.Columns.Where(fits).Select(column => column.Ordinal)];
}
