namespace DataExport.Run.Commands;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Done, and not as it should be: differences, a body that no decoder understands.</summary>
    public const int Failure = 1;

    /// <summary>Not done: a message on the error stream says why.</summary>
    public const int Error = 2;
}
