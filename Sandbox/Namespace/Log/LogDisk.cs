using Microsoft.Win32.SafeHandles;

namespace DataExport.Sandbox;

/// <summary>What a log asks of the disk while it grows. A test's fails as a full disk does.</summary>
internal class LogDisk
{
    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) =>
        RandomAccess.Write(file, bytes, offset);

    public virtual void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public virtual void Cut(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);
}
