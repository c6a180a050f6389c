using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states in memory, serialized, so that a grain never shares an object with its storage.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string StateName, GrainId GrainId), Record> _records = [];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Record? record;
        lock (_gate)
        {
            _records.TryGetValue((stateName, grainId), out record);
        }

        var stored = record?.Json is { } json ? JsonSerializer.Deserialize<T>(json, StateJson.Options) : default;
        grainState.RecordExists = record?.Json is not null;
        grainState.ETag = record?.ETag;
        grainState.State = stored ?? StateActivator<T>.Create();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options);
        var record = new Record(json, Guid.NewGuid().ToString("N"));
        Replace(stateName, grainId, grainState.ETag, record);
        grainState.ETag = record.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // The cleared record stays, as in Orleans: who still holds its ETag must not write.
        Replace(stateName, grainId, grainState.ETag, new Record(Json: null, ETag: null));
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = StateActivator<T>.Create();
        return Task.CompletedTask;
    }

    private void Replace(string stateName, GrainId grainId, string? etag, Record record)
    {
        lock (_gate)
        {
            if (_records.TryGetValue((stateName, grainId), out var stored) && stored.ETag != etag && etag != "*")
            {
                throw new InconsistentStateException(
                    $"State {stateName} of grain {grainId} was written by somebody else.", stored.ETag, etag);
            }

            _records[(stateName, grainId)] = record;
        }
    }

    private sealed record Record(byte[]? Json, string? ETag);
}
