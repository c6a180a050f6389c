using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>What a state's file holds. The names are the file's format: never rename.</summary>
internal sealed class StateFileContent<T>
{
    public string? Grain { get; set; }

    public string? Name { get; set; }

    public string? ETag { get; set; }

    public T? State { get; set; }
}

/// <summary>Reads and replaces a state's file.</summary>
internal static class StateFile
{
    /// <summary>The file's content, or null when there is no file.</summary>
    /// <exception cref="OrleansException">The file is torn, or is not this grain's.</exception>
    public static async Task<StateFileContent<T>?> ReadAsync<T>(
        string path, string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        StateFileContent<T> content;
        try
        {
            content = await ReadAsync<T>(path, cancellationToken);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (content.Grain != grainId.ToString() || content.Name != stateName || content.ETag is null)
        {
            throw new OrleansException(
                $"The file {path} holds state {content.Name} of grain {content.Grain}, "
                + $"where state {stateName} of grain {grainId} belongs. Move it away to start afresh.");
        }

        return content;
    }

    /// <summary>The file's content, whosever it is.</summary>
    /// <exception cref="OrleansException">The file is torn.</exception>
    public static async Task<StateFileContent<T>> ReadAsync<T>(string path, CancellationToken cancellationToken) =>
        Parse<T>(path, await File.ReadAllBytesAsync(path, cancellationToken));

    /// <summary>Writes beside the file, to the disk, and puts that in the file's place.</summary>
    public static async Task WriteAsync<T>(
        string path, StateFileContent<T> content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = path + ".next";
        await using (var stream = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(stream, content, StateJson.Options, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    private static StateFileContent<T> Parse<T>(string path, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<StateFileContent<T>>(json, StateJson.Options)
                ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException exception)
        {
            throw new OrleansException(
                $"The file {path} does not hold a grain's state: it is torn, foreign, or of another version. "
                + $"Move it away to start afresh. {exception.Message}",
                exception);
        }
    }
}
