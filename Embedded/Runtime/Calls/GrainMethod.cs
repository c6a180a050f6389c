using System.ComponentModel;

namespace Orleans.Runtime;

/// <summary>One method of a grain interface. Generated code holds one instance a method.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GrainMethod(string interfaceName, string methodName, bool alwaysInterleave)
{
    public string InterfaceName { get; } = interfaceName;

    public string MethodName { get; } = methodName;

    internal bool AlwaysInterleave { get; } = alwaysInterleave;

    public override string ToString() => $"{InterfaceName}.{MethodName}";
}
