using Microsoft.Win32.SafeHandles;

namespace DataExport.Sandbox.Tests;

/// <summary>A disk that fails when a test says so, as a full one does: a part of the write is there.</summary>
internal sealed class FullDisk : LogDisk
{
    public bool RefusesWrites { get; set; }

    public bool RefusesFlushes { get; set; }

    public bool RefusesCuts { get; set; }

    public override void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        base.Write(file, RefusesWrites ? bytes[..^1] : bytes, offset);
        Refuse(RefusesWrites);
    }

    public override void Flush(SafeFileHandle file)
    {
        Refuse(RefusesFlushes);
        base.Flush(file);
    }

    public override void Cut(SafeFileHandle file, long length)
    {
        Refuse(RefusesCuts);
        base.Cut(file, length);
    }

    private static void Refuse(bool refuses)
    {
        if (refuses)
        {
            throw new IOException("No space left on device");
        }
    }
}
