using System.Security.Cryptography;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>Makes the tables of N:N relationships: each row has an id of its own and one of either side.</summary>
internal static class IntersectTable
{
    public static SandboxTable Build(TableCatalog catalog, int seed, params SandboxRelationship[] relationships)
    {
        var name = relationships[0].Intersect;
        var names = new TableNames(name, name, name + "set")
        {
            PrimaryId = name + "id",
            ObjectTypeCode = 20_000 + catalog.IndexOf(name),
            ReadPrivilege = "",
            IsUserOwned = false,
        };
        var builder = new TableBuilder(catalog, seed, names).Id(names.PrimaryId);
        foreach (var column in relationships.SelectMany(each => new[] { each.Column1, each.Column2 }).Distinct())
        {
            builder.UniqueIdentifier(column, nulls: 0);
        }

        return builder.System("versionnumber", SandboxColumnType.BigInt, ColumnRole.VersionNumber)
            .Build(relationships);
    }

    /// <summary>
    /// The id of the row that joins two records. Made of relationship and pair, so that a pair that comes again has the
    /// id that it had.
    /// </summary>
    public static Guid IdOf(SandboxRelationship relationship, Guid first, Guid second)
    {
        var name = Encoding.UTF8.GetBytes(relationship.SchemaName);
        Span<byte> bytes = stackalloc byte[32];
        _ = first.TryWriteBytes(bytes);
        _ = second.TryWriteBytes(bytes[16..]);
        Span<byte> hash = stackalloc byte[32];
        _ = SHA256.HashData([.. name, .. bytes], hash);

        // Marked as made from a name (version 8), as RFC 9562 wants it.
        hash[7] = (byte)((hash[7] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16]);
    }

    /// <summary>A row that joins two records.</summary>
    public static StoredRow Row(SandboxTable table, SandboxRelationship relationship, Guid first, Guid second) => new(
        IdOf(relationship, first, second),
        [
            (ushort)table.Column(relationship.Column1)!.Ordinal,
            (ushort)table.Column(relationship.Column2)!.Ordinal,
        ],
        [Cell.OfId(first), Cell.OfId(second)]);
}
