namespace Orleans.Runtime;

/// <summary>The grain activation whose turn is running on this thread, if any.</summary>
internal static class RuntimeContext
{
    public static Activation? Current => (TaskScheduler.Current as TurnScheduler)?.Activation;

    /// <summary>Guards what only turns may touch.</summary>
    public static void RequireTurn()
    {
        if (Current is not { } activation)
        {
            throw new InvalidOperationException(
                "Activation access violation. A non-activation thread attempted to access activation services.");
        }

        RequirePresent(activation);
    }

    /// <summary>Guards what a grain that has left may not ask for any more.</summary>
    public static void RequirePresent(Activation activation)
    {
        if (activation.IsGone)
        {
            throw new InvalidOperationException($"Attempt to access an invalid activation: {activation}");
        }
    }
}
