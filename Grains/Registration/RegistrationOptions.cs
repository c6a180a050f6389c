using System.ComponentModel.DataAnnotations;

namespace DataExport.Grains.Registration;

/// <summary>How the registration in a source is watched.</summary>
public sealed class RegistrationOptions
{
    /// <summary>Time between two looks at the steps of a profile. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long deactivating tries to remove what was registered from a source that is away. Default 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:09:00")]
    public TimeSpan RemoveTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
