using System.ComponentModel;

namespace Orleans.Runtime;

/// <summary>What a proxy is made from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GrainReferenceSource
{
    internal GrainReferenceSource(GrainClass grainClass, string key)
    {
        Class = grainClass;
        Key = key;
    }

    internal GrainClass Class { get; }

    internal string Key { get; }
}
