namespace DataExport.Silo.Writing;

/// <summary>Who waits for the answer of a queued row.</summary>
internal interface IAnswerSink
{
    /// <summary>
    /// Takes the answer of the row that stands at <paramref name="index"/> of what was queued together.
    /// </summary>
    void Answer(int index, ApplyResult result);
}
