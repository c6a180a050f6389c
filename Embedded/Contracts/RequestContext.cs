namespace Orleans.Runtime;

/// <summary>Values that go with a call to its grain, and from there with the calls that it makes.</summary>
/// <remarks>
/// What the callee sets is not seen by the caller. Values must be immutable: they pass as they are. While nobody in the
/// process has ever set a value, a call asks for none and pays nothing.
/// </remarks>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> s_values = new();

    public static IEnumerable<string> Keys => s_values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => s_values.Value ?? [];

    /// <summary>Whether anybody has ever set a value.</summary>
    internal static bool IsUsed { get; private set; }

    /// <summary>The present values, which are never changed but replaced, or null.</summary>
    internal static Dictionary<string, object>? Current => s_values.Value;

    /// <summary>The value, or null when there is none.</summary>
    public static object? Get(string key) =>
        s_values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    public static void Set(string key, object value)
    {
        IsUsed = true;

        // Others may hold the same dictionary: a call under way, or a flow of execution that has forked.
        s_values.Value = s_values.Value is { } values
            ? new Dictionary<string, object>(values) { [key] = value }
            : new Dictionary<string, object>(1) { [key] = value };
    }

    /// <summary>False when there was no such value.</summary>
    public static bool Remove(string key)
    {
        if (s_values.Value is not { } values || !values.ContainsKey(key))
        {
            return false;
        }

        var rest = new Dictionary<string, object>(values);
        rest.Remove(key);
        s_values.Value = rest.Count == 0 ? null : rest;
        return true;
    }

    public static void Clear()
    {
        if (s_values.Value is not null)
        {
            s_values.Value = null;
        }
    }

    /// <summary>Takes over the values that a call has brought.</summary>
    internal static void Import(Dictionary<string, object> values) => s_values.Value = values;
}
