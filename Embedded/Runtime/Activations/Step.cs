namespace Orleans.Runtime;

/// <summary>What an activation does next.</summary>
internal enum StepKind
{
    None = 0,
    Activate = 1,
    Call = 2,
    Leave = 3,
}

/// <summary>What an activation does next, and the call where it is one.</summary>
internal readonly record struct Step(StepKind Kind, GrainCall? Call = null);
