namespace Orleans.Runtime;

/// <summary>The grain activation whose turn is running, if any.</summary>
internal static class RuntimeContext
{
    public static IGrainContext? Current => null;
}
