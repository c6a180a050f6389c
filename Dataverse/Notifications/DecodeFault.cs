namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Why a body could not be decoded. Holds no value of a record, so that it may be logged and dead-lettered.
/// </summary>
/// <param name="Position">Where in the body, in bytes from its first.</param>
/// <param name="Reason">What is wrong there, as a sentence without full stop.</param>
public readonly record struct DecodeFault(long Position, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"byte {Position}: {Reason}";
}
