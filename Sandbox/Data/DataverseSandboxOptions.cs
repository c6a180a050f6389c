namespace DataExport.Sandbox;

/// <summary>How a <see cref="DataverseSandbox"/> is made.</summary>
public sealed record DataverseSandboxOptions
{
    /// <summary>Decides every id and every value; a <see cref="Model"/> brings its own.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The tables; <see langword="null"/> for the built-in ones.</summary>
    public SandboxModel? Model { get; init; }

    /// <summary>The organization's unique name.</summary>
    public string OrganizationName { get; init; } = "sandbox";

    /// <summary>The organization's host, as messages name it.</summary>
    public string OrganizationHost { get; init; } = "sandbox.crm.dynamics.com";

    /// <summary>Whether bodies carry a <c>ParentContext</c>. It doubles them; Dataverse's mostly have one.</summary>
    public bool HasParentContext { get; init; } = true;

    /// <summary>
    /// A larger body loses its columns and images, as Dataverse's do. In bytes; default 192 KB.
    /// </summary>
    public int BodyBytesMax { get; init; } = 192 * 1024;

    /// <summary>What goes wrong with it.</summary>
    public FaultPlan Faults { get; init; } = new(SandboxFaults.None, 0);

    /// <summary>Records that a table can hold, the deleted ones included. Default 64 M.</summary>
    public int RecordsPerTableMax { get; init; } = 1 << 26;
}
