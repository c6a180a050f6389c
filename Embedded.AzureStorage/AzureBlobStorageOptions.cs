using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Options of a storage provider that keeps grain state in Azure Blob storage.</summary>
public partial class AzureBlobStorageOptions
{
    private const string DefaultContainerName = "grainstate";

    /// <summary>The container, which is created where it does not exist.</summary>
    public string ContainerName { get; set; } = DefaultContainerName;

    /// <summary>The account. There is no default.</summary>
    [DisallowNull]
    public BlobServiceClient? BlobServiceClient { get; set; }

    /// <summary>
    /// Whether <see cref="IGrainStorage.ClearStateAsync{T}(string, GrainId, IGrainState{T})"/> deletes the blob. Else
    /// an empty one is left, whose ETag tells those who still hold the old one that the state was cleared.
    /// </summary>
    public bool DeleteStateOnClear { get; set; } = true;

    /// <exception cref="OrleansConfigurationException">Names the provider, the option and what it must be.</exception>
    internal void Validate(string name)
    {
        if (BlobServiceClient is null)
        {
            throw new OrleansConfigurationException(
                $"Azure blob grain storage \"{name}\" has no {nameof(BlobServiceClient)}: state one.");
        }

        if (!ContainerNames().IsMatch(ContainerName))
        {
            throw new OrleansConfigurationException(
                $"Azure blob grain storage \"{name}\": {nameof(ContainerName)} \"{ContainerName}\" is no name of a "
                + "container. It has 3 to 63 lower-case letters, digits and single dashes, no dash at either end.");
        }
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerNames();
}
