namespace DataExport.Sandbox;

/// <summary>How far the caller's read privilege for a table reaches.</summary>
public enum ReadDepth
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>The caller's own records: half of them here.</summary>
    Basic,

    /// <summary>The whole organization.</summary>
    Global,
}

/// <summary>What the one caller may read.</summary>
internal sealed class ReadPrivileges(IReadOnlyList<SandboxTable> tables)
{
    private readonly int[] _depths = [.. tables.Select(_ => (int)ReadDepth.Global)];

    /// <summary>The depth for a table; N:N rows are read as far as both sides are.</summary>
    public ReadDepth DepthOf(SandboxTable table)
    {
        var depth = (ReadDepth)Volatile.Read(ref _depths[table.Index]);
        if (!table.IsIntersect)
        {
            return depth;
        }

        foreach (var relationship in table.Relationships)
        {
            depth = Lesser(Lesser(depth, DepthOf(relationship.Table1)), DepthOf(relationship.Table2));
        }

        return depth;
    }

    /// <summary>Sets the depth of the table's privilege, which activities share.</summary>
    public void Set(SandboxTable table, ReadDepth depth)
    {
        foreach (var other in tables.Where(other => other == table || SharesPrivilege(other, table)))
        {
            Volatile.Write(ref _depths[other.Index], (int)depth);
        }
    }

    public bool CanRead(SandboxTable table, uint number) => DepthOf(table) switch
    {
        ReadDepth.Global => true,
        ReadDepth.Basic => (Mixer.Mix(number + 1UL) & 1) == 0,
        _ => false,
    };

    /// <exception cref="ApiException">The caller's privilege is not <paramref name="depth"/> at least.</exception>
    public void Require(SandboxTable table, ReadDepth depth)
    {
        if (DepthOf(table) < depth)
        {
            throw Denied(table);
        }
    }

    private ReadDepth DepthOf(string name) =>
        tables.FirstOrDefault(table => table.Name == name) is { } table ? DepthOf(table) : ReadDepth.Global;

    private static ReadDepth Lesser(ReadDepth one, ReadDepth other) => one < other ? one : other;

    private static bool SharesPrivilege(SandboxTable one, SandboxTable other) =>
        one.ReadPrivilege == other.ReadPrivilege && one.ReadPrivilege.Length > 0;

    public static ApiException Denied(SandboxTable table) => new(
        403, ErrorCodes.PrivilegeDenied, $"Principal user is missing {PrivilegesOf(table)} privilege.");

    private static string PrivilegesOf(SandboxTable table) => table.ReadPrivilege.Length > 0
        ? table.ReadPrivilege
        : string.Join(" or ", table.Relationships.SelectMany(each => new[] { each.Table1, each.Table2 })
            .Select(name => $"the Read ({name})"));
}
