namespace Orleans.Configuration;

/// <summary>When idle grain activations leave memory.</summary>
public class GrainCollectionOptions
{
    /// <summary>
    /// How often idle grain activations are looked for. A grain activation outlives its age by at most this.
    /// </summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after its last call a grain activation counts as idle. More than the quantum.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Ages of single grain classes, by the full name of the class. A class' own attribute wins over them.
    /// </summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>How long reading state and <see cref="Grain.OnActivateAsync"/> may take.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <see cref="Grain.OnDeactivateAsync"/> may take.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
