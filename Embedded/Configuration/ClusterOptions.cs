namespace Orleans.Configuration;

/// <summary>
/// Names of the service and its cluster. One process has no use for them; configuration may state them.
/// </summary>
public class ClusterOptions
{
    public string ServiceId { get; set; } = "default";

    public string ClusterId { get; set; } = "default";
}
