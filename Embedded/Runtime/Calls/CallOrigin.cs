namespace Orleans.Runtime;

/// <summary>Where a call comes from, when it brings values along.</summary>
/// <param name="Source">The activation in whose turn it was made, if any.</param>
/// <param name="Values">The request context of its caller.</param>
internal sealed record CallOrigin(Activation? Source, Dictionary<string, object> Values);

/// <summary>How far a call has come.</summary>
internal enum CallStage : byte
{
    Waiting = 0,

    /// <summary>Waiting, and its grain class lets it pass running calls.</summary>
    Passing = 1,

    Begun = 2,
}
