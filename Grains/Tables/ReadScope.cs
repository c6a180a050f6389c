using System.Security.Cryptography;
using System.Text;

namespace DataExport.Grains.Tables;

/// <summary>
/// The fingerprint of what a table's links were given for. Links of another organization, or for other columns, rows or
/// masks, would go on as if nothing had changed.
/// </summary>
internal static class ReadScope
{
    private const int HexDigits = 32;

    /// <summary>The fingerprint. It tells nothing of the mask key.</summary>
    public static string Of(ExportProfile profile, TableDefinition table)
    {
        var text = new StringBuilder()
            .Append(profile.OrganizationId).Append('\n')
            .AppendJoin(',', table.Columns.Select(static column => column.Name)).Append('\n')
            .Append(table.Filter).Append('\n')
            .AppendJoin(',', table.Masks.Select(static mask => $"{mask.Column}:{mask.Kind}")).Append('\n')
            .Append(table.Masks.IsEmpty ? "" : profile.MaskKey)
            .Append(table.IsUntracked ? "\nuntracked" : "")
            .Append(profile.SetBackOn is { } setBack ? $"\n{setBack:O}" : "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..HexDigits];
    }
}
