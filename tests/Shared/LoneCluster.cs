namespace DataExport.Tests;

/// <summary>Clusters of one that do not meet.</summary>
internal static class LoneCluster
{
    /// <summary>
    /// Makes the silo a cluster of its own. Test classes run at the same time, and Orleans shares the port it listens
    /// on: with its default each silo would take connections meant for another. A gateway is for clients in other
    /// processes: port 0 is none.
    /// </summary>
    public static ISiloBuilder UseLoneCluster(this ISiloBuilder silo) =>
        silo.UseLocalhostClustering(Loopback.FreePort(), gatewayPort: 0);
}
