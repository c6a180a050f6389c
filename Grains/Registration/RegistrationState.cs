using System.Collections.Immutable;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Registration;

/// <summary>What the registration grain stores.</summary>
[GenerateSerializer, Alias("DataExport.RegistrationState")]
public sealed class RegistrationState
{
    /// <summary>
    /// Whether anything may have been created and not removed. Stored before the first request that creates.
    /// </summary>
    [Id(0)]
    public bool MayBeRegistered { get; set; }

    /// <summary>What was created, as the last registration that ended told.</summary>
    [Id(1)]
    public ImmutableArray<RegisteredComponent> Created { get; set; } = [];
}
