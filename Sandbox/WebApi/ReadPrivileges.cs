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

    public ReadDepth DepthOf(SandboxTable table) => (ReadDepth)Volatile.Read(ref _depths[table.Index]);

    /// <summary>Sets the depth of the table's privilege, which activities share.</summary>
    public void Set(SandboxTable table, ReadDepth depth)
    {
        foreach (var other in tables.Where(other => other.ReadPrivilege == table.ReadPrivilege))
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

    public static ApiException Denied(SandboxTable table) => new(
        403, ErrorCodes.PrivilegeDenied, $"Principal user is missing {table.ReadPrivilege} privilege.");
}
