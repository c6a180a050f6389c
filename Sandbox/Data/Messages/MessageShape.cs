using System.Text;

namespace DataExport.Sandbox;

/// <summary>Which columns of a table stand in which message, and in which order.</summary>
internal sealed class MessageShape
{
    public MessageShape(SandboxTable table)
    {
        Name = Encoding.UTF8.GetBytes(table.Name);
        PrimaryId = [table.PrimaryId.Ordinal];
        Created = Ordinals(table, column => !IsStamp(column) && column.Role is not ColumnRole.VersionNumber);
        CreatedStamps = Ordinals(table, IsStamp);
        UpdatedStamps = Ordinals(table, column => IsStamp(column)
            && column.Name.StartsWith("modified", StringComparison.Ordinal));
        ModifiedBy = Ordinals(table, column => column.Role is ColumnRole.ModifiedBy)[0];
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

    public int ModifiedBy { get; }

    private static bool IsStamp(SandboxColumn column) => column.Role is
        ColumnRole.CreatedOn or ColumnRole.ModifiedOn or ColumnRole.ModifiedBy or ColumnRole.Nothing;

    private static int[] Ordinals(SandboxTable table, Func<SandboxColumn, bool> fits) =>
        [.. table.Columns.Where(fits).Select(column => column.Ordinal)];
}
