using DataExport.Grains.Ports;

namespace DataExport.Silo.FailedRecords;

/// <summary>
/// A profile's failure log in files, one JSON object a line: <c>profile</c>, <c>table</c>, <c>recordId</c>,
/// <c>kind</c>, <c>time</c> (UTC), <c>reason</c>. An entry is on the disk before its message is completed.
/// </summary>
/// <remarks>
/// The current file is <c>ID.jsonl</c>; older ones are <c>ID.1.jsonl</c> (the youngest of them) and so on.
/// </remarks>
internal sealed class JsonLinesFailedRecordLog(
    string directory, string profileId, FailedRecordLogOptions options, TimeProvider clock)
    : IFailedRecordLog, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private FileStream? _file;
    private long _count;

    /// <inheritdoc/>
    public long Count => Interlocked.Read(ref _count);

    /// <inheritdoc/>
    public async Task AppendAsync(RecordKey key, ChangeKind? kind, string reason, CancellationToken cancellationToken)
    {
        var cut = reason.Length > options.ReasonCharactersMax ? reason[..options.ReasonCharactersMax] : reason;
        var line = FailedRecordLine.Of(key, kind, cut, clock.GetUtcNow().UtcDateTime);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled from here on: half a line would be left behind.
            await WriteAsync(line);
            _ = Interlocked.Increment(ref _count);
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _turn.Dispose();
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> line)
    {
        if (_file is { } current && current.Length > 0 && current.Length + line.Length > options.FileBytesMax)
        {
            await current.DisposeAsync();
            _file = null;
            Roll();
        }

        try
        {
            _file ??= Open();
            await _file.WriteAsync(line, CancellationToken.None);
            _file.Flush(flushToDisk: true);
        }
        catch
        {
            // Opened anew by the next entry, which then ends the line that may have been cut off here.
            _file?.Dispose();
            _file = null;
            throw;
        }
    }

    private FileStream Open()
    {
        _ = Directory.CreateDirectory(directory);
        var file = new FileStream(
            FileName(0), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        if (file.Length > 0)
        {
            // A crash may have cut the last line off. Ended here, it spoils no other.
            file.Position = file.Length - 1;
            if (file.ReadByte() != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }

        return file;
    }

    private void Roll()
    {
        File.Delete(FileName(options.FilesMax - 1));
        for (var age = options.FilesMax - 2; age >= 0; age--)
        {
            if (File.Exists(FileName(age)))
            {
                File.Move(FileName(age), FileName(age + 1), overwrite: true);
            }
        }
    }

    private string FileName(int age) => Path.Combine(directory, $"{profileId}{(age == 0 ? "" : $".{age}")}.jsonl");
}
