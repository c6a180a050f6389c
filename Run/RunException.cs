namespace DataExport.Run;

/// <summary>The program cannot go on. The message is for the person at the terminal and says what to do.</summary>
internal sealed class RunException(string message, Exception? innerException = null)
    : Exception(message, innerException);
