using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>The name under which SQLite shows the rowid of a table: one that no column of it has.</summary>
internal static class SqliteRowId
{
    /// <exception cref="TargetRefusedException">Columns have all the names that SQLite has for it.</exception>
    internal static string RowId(this TargetTable table)
    {
        foreach (var name in new[] { "rowid", "_rowid_", "oid" })
        {
            if (!table.Columns.Any(column => column.Name.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        throw new TargetRefusedException(
            $"Table '{table.Definition.Name}' has columns rowid, _rowid_ and oid: SQLite needs one of them.");
    }
}
