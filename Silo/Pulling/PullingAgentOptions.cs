using System.ComponentModel.DataAnnotations;
using DataExport.Dataverse.Notifications;

namespace DataExport.Silo.Pulling;

/// <summary>How much a pulling agent takes on.</summary>
internal sealed class PullingAgentOptions
{
    /// <summary>
    /// Messages received and not settled at most. Not above the writer's queue, or grains wait for it. Default 2,000.
    /// </summary>
    [Range(1, 100_000)]
    public int MessagesInFlightMax { get; set; } = 2_000;

    /// <summary>Body bytes received and not settled at most; one larger message goes alone. Default 64 MiB.</summary>
    [Range(64 * 1024, 1L << 32)]
    public long BytesInFlightMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>How often a silo looks which profiles are active. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ProfilesInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the locks in flight are looked at. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LocksInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A lock that ends within this time is renewed. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Wait before an abandon, so that an outage does not eat deliveries. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan HoldBack { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stop waits for messages in flight. Default 20 seconds, under Kubernetes' 30.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Limits of decoding. They have a section of their own.</summary>
    internal NotificationDecoderOptions Decoding { get; set; } = new();
}
