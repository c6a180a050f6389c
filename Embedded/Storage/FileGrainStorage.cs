using System.Text.Json;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// Keeps one JSON file a state. A file is replaced as a whole, so that a crash leaves the old or the new one.
/// </summary>
/// <remarks>Made for the states of one process: ETags guard its own writers, not those of other processes.</remarks>
internal sealed class FileGrainStorage(FileGrainStorageOptions options) : IGrainStorage
{
    private const int GatesCount = 64;

    private readonly SemaphoreSlim[] _gates = CreateGates();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var path = GetPath(stateName, grainId);
        var content = await StateFile.ReadAsync<T>(path, stateName, grainId, cancellationToken);
        grainState.ETag = content?.ETag;
        grainState.RecordExists = content is not null;
        grainState.State = content is { State: { } state } ? state : StateActivator<T>.Create();
    }

    public Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        GuardAsync(stateName, grainId, grainState.ETag, async path =>
        {
            var content = new StateFileContent<T>
            {
                Grain = grainId.ToString(),
                Name = stateName,
                ETag = Guid.NewGuid().ToString("N"),
                State = grainState.State,
            };
            await StateFile.WriteAsync(path, content, cancellationToken);
            grainState.ETag = content.ETag;
            grainState.RecordExists = true;
        }, cancellationToken);

    public Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        GuardAsync(stateName, grainId, grainState.ETag, path =>
        {
            // What was never written has perhaps no folder, without which deleting throws.
            if (File.Exists(path))
            {
                File.Delete(path);
            }

            grainState.ETag = null;
            grainState.RecordExists = false;
            grainState.State = StateActivator<T>.Create();
            return Task.CompletedTask;
        }, cancellationToken);

    private static SemaphoreSlim[] CreateGates()
    {
        var gates = new SemaphoreSlim[GatesCount];
        for (var i = 0; i < gates.Length; i++)
        {
            gates[i] = new SemaphoreSlim(1);
        }

        return gates;
    }

    /// <summary>Runs <paramref name="change"/> if the file still bears the ETag, nobody else in between.</summary>
    private async Task GuardAsync(
        string stateName,
        GrainId grainId,
        string? etag,
        Func<string, Task> change,
        CancellationToken cancellationToken)
    {
        var path = GetPath(stateName, grainId);
        var gate = _gates[(uint)path.GetHashCode(StringComparison.Ordinal) % GatesCount];
        await gate.WaitAsync(cancellationToken);
        try
        {
            var stored = await StateFile.ReadAsync<JsonElement>(path, stateName, grainId, cancellationToken);
            if (stored?.ETag != etag && etag != "*")
            {
                throw new InconsistentStateException(
                    $"State {stateName} of grain {grainId} in file {path} was written by somebody else.",
                    stored?.ETag,
                    etag);
            }

            await change(path);
        }
        finally
        {
            gate.Release();
        }
    }

    private string GetPath(string stateName, GrainId grainId) => Path.Combine(
        options.Directory,
        SafeFileName.Of(stateName),
        SafeFileName.Of(grainId.Type.ToString()),
        SafeFileName.Of(grainId.Key.ToString()) + ".json");
}
