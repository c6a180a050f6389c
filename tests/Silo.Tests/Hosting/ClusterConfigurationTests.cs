using DataExport.Silo.Hosting;
using Microsoft.Extensions.Configuration;

namespace DataExport.Silo.Tests.Hosting;

/// <summary>What the Orleans build demands of its cluster's configuration.</summary>
public sealed class ClusterConfigurationTests
{
    private const string Clustering = "Orleans:Clustering:ProviderType";
    private const string Storage = "Orleans:GrainStorage:profiles:ProviderType";

    [Fact]
    public void RequireCommonStorage_ClusteringWithoutStorage_NamesBothKeysAndTheRemedy()
    {
        var configuration = Configure(Clustering);

        var message = Should.Throw<OrleansConfigurationException>(configuration.RequireCommonStorage).Message;

        message.ShouldStartWith("Orleans:Clustering is configured and Orleans:GrainStorage:profiles is not");
        message.ShouldContain("Configure Orleans:GrainStorage:profiles");
        message.ShouldContain("or remove Orleans:Clustering");
    }

    [Theory]
    [InlineData]
    [InlineData(Storage)]
    [InlineData(Clustering, Storage)]
    [InlineData("Orleans:GrainStorage:others:ProviderType")]
    public void RequireCommonStorage_OneSiloOrACommonStorage_IsContent(params string[] keys) =>
        Should.NotThrow(Configure(keys).RequireCommonStorage);

    [Fact]
    public void RequireCommonStorage_ClusteringWithAStorageOfAnotherName_Throws() =>
        Should.Throw<OrleansConfigurationException>(
            Configure(Clustering, "Orleans:GrainStorage:others:ProviderType").RequireCommonStorage);

    private static IConfiguration Configure(params string[] keys) => new ConfigurationBuilder()
        .AddInMemoryCollection(keys.Select(static key => KeyValuePair.Create<string, string?>(key, "Redis")))
        .Build();
}
