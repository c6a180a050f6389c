using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps one blob a state, as JSON. Its ETag is the state's, so that of two writers one is refused.</summary>
internal sealed class AzureBlobGrainStorage(string name, AzureBlobStorageOptions options)
    : IGrainStorage, IHostedService
{
    private BlobContainerClient? _container;

    /// <summary>A silo without its storage does not start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        options.Validate(name);
        await GetContainerAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var blob = await GetBlobAsync(stateName, grainId, cancellationToken);
        try
        {
            var response = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken);
            await using var content = response.Value.Content;
            var isEmpty = response.Value.Details.ContentLength == 0;
            var state = isEmpty
                ? default
                : await JsonSerializer.DeserializeAsync<T>(content, StateJson.Options, cancellationToken);
            Set(grainState, state, state is not null, response.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            Set(grainState, default, recordExists: false, etag: null);
        }
    }

    public async Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var json = BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options));
        grainState.ETag = await UploadAsync(stateName, grainId, grainState.ETag, json, cancellationToken);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        string? etag = null;
        if (options.DeleteStateOnClear)
        {
            var blob = await GetBlobAsync(stateName, grainId, cancellationToken);
            var conditions = GetConditions(grainState.ETag);
            _ = await GuardAsync(blob, grainState.ETag, () => blob.DeleteIfExistsAsync(
                DeleteSnapshotsOption.None, conditions, cancellationToken));
        }
        else
        {
            etag = await UploadAsync(stateName, grainId, grainState.ETag, BinaryData.Empty, cancellationToken);
        }

        Set(grainState, default, recordExists: false, etag);
    }

    private static void Set<T>(IGrainState<T> grainState, T? state, bool recordExists, string? etag)
    {
        grainState.State = state ?? StateActivator<T>.Create();
        grainState.RecordExists = recordExists;
        grainState.ETag = etag;
    }

    /// <summary>Without an ETag there was no blob, and there must be none still.</summary>
    private static BlobRequestConditions GetConditions(string? etag) => string.IsNullOrEmpty(etag)
        ? new BlobRequestConditions { IfNoneMatch = ETag.All }
        : new BlobRequestConditions { IfMatch = new ETag(etag) };

    private static bool IsContainerMissing(RequestFailedException exception) =>
        exception.ErrorCode == BlobErrorCode.ContainerNotFound;

    private static async Task<TResult> GuardAsync<TResult>(BlobClient blob, string? etag, Func<Task<TResult>> change)
    {
        try
        {
            return await change();
        }
        catch (RequestFailedException exception)
            when (exception.Status is 404 or 409 or 412 && !IsContainerMissing(exception))
        {
            throw new InconsistentStateException(
                $"Blob {blob.Name} of container {blob.BlobContainerName} was written by somebody else.",
                storedEtag: "Unknown",
                etag,
                exception);
        }
    }

    /// <summary>Returns the new blob's ETag. A container that was deleted meanwhile is made again.</summary>
    private async Task<string> UploadAsync(
        string stateName, GrainId grainId, string? etag, BinaryData content, CancellationToken cancellationToken)
    {
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
            Conditions = GetConditions(etag),
        };
        var blob = await GetBlobAsync(stateName, grainId, cancellationToken);
        try
        {
            return await UploadAsync();
        }
        catch (RequestFailedException exception) when (IsContainerMissing(exception))
        {
            _container = null;
            await GetContainerAsync(cancellationToken);
            return await UploadAsync();
        }

        async Task<string> UploadAsync()
        {
            var response = await GuardAsync(blob, etag, () => blob.UploadAsync(content, upload, cancellationToken));
            return response.Value.ETag.ToString();
        }
    }

    /// <summary>The blob's name is Orleans' own, so that either build finds it.</summary>
    private async Task<BlobClient> GetBlobAsync(string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        var container = await GetContainerAsync(cancellationToken);
        return container.GetBlobClient($"{stateName}-{grainId}.json");
    }

    private async ValueTask<BlobContainerClient> GetContainerAsync(CancellationToken cancellationToken)
    {
        if (_container is { } known)
        {
            return known;
        }

        var container = options.BlobServiceClient!.GetBlobContainerClient(options.ContainerName);
        _ = await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return _container = container;
    }
}
