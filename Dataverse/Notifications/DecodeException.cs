namespace DataExport.Dataverse.Notifications;

/// <summary>A fault of a body, on its way from where it is found to the <see cref="DecodeFault"/>.</summary>
/// <param name="position">Where, in bytes from the body's first token.</param>
/// <param name="reason">What is wrong there. Holds no value of a record.</param>
internal sealed class DecodeException(long position, string reason) : Exception(reason)
{
    public long Position { get; } = position;
}
