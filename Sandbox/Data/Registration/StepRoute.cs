namespace DataExport.Sandbox;

/// <summary>Where one enabled step posts what, ready to be decided for each change.</summary>
internal sealed class StepRoute
{
    public StepRoute() => Alone = [this];

    public required Guid StepId { get; init; }

    /// <summary>Who is told when a post fails.</summary>
    public required SandboxRegistration Registration { get; init; }

    /// <summary>The path of the step's endpoint.</summary>
    public required string Queue { get; init; }

    /// <summary>The port of the endpoint's namespace on loopback; 0 for one that is not of this machine.</summary>
    public int Port { get; init; }

    /// <summary>Whether the endpoint takes what is posted here: JSON, to a queue or a topic.</summary>
    public bool TakesJson { get; init; }

    /// <summary>The ordinals of which an update must send one; <see langword="null"/> for any update.</summary>
    public HashSet<int>? Filter { get; init; }

    /// <summary>The images that were registered with the step.</summary>
    public StepImage[] Images { get; init; } = [];

    /// <summary>This route in an array, for posts of its own.</summary>
    public StepRoute[] Alone { get; }

    /// <summary>Whether the step is for a change that sent these columns.</summary>
    public bool Takes(ReadOnlySpan<int> sent)
    {
        if (Filter is null)
        {
            return true;
        }

        foreach (var ordinal in sent)
        {
            if (Filter.Contains(ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A registered image of a record after the change.</summary>
/// <param name="Key">Its alias as a JSON string, quotes and all.</param>
/// <param name="Ordinals">The columns that it holds.</param>
internal sealed record StepImage(byte[] Key, int[] Ordinals);
