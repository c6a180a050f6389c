namespace DataExport.Dataverse.Notifications;

/// <summary>A part of a body, kept to be read once more when it is known what it means.</summary>
internal readonly record struct Slice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
}
