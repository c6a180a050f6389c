using System.Collections.Immutable;

namespace DataExport;

/// <summary>What activating a profile would do now, in words.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.ProfilePlan")]
public sealed record ProfilePlan
{
    /// <summary>The profile's name.</summary>
    [Id(0)]
    public string Profile { get; init; } = "";

    /// <summary>Where it stands.</summary>
    [Id(1)]
    public ProfileStatus Status { get; init; }

    /// <summary>The tables, as the environment describes them now.</summary>
    [Id(2)]
    public ImmutableArray<TablePlan> Tables { get; init; } = [];

    /// <summary>What would be changed in the target; empty if all is there.</summary>
    [Id(3)]
    public ImmutableArray<string> TargetChanges { get; init; } = [];

    /// <summary>What an administrator of the target should know.</summary>
    [Id(4)]
    public ImmutableArray<string> TargetWarnings { get; init; } = [];

    /// <summary>
    /// What would be registered in the environment; <see langword="null"/> for a profile whose steps are made by hand.
    /// </summary>
    [Id(5)]
    public RegistrationPlanView? Registration { get; init; }
}

/// <summary>One table of a plan.</summary>
/// <param name="Table">Its logical name.</param>
/// <param name="Columns">How many columns are exported.</param>
[GenerateSerializer, Immutable, Alias("DataExport.TablePlan")]
public sealed record TablePlan([property: Id(0)] string Table, [property: Id(1)] int Columns)
{
    /// <summary>In what it is kept in step otherwise than most tables are, in words.</summary>
    [Id(2)]
    public ImmutableArray<string> Notes { get; init; } = [];
}
