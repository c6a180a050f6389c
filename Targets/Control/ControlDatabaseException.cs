namespace DataExport.Targets.Control;

/// <summary>The control database cannot be used until a person has done something, which the message says.</summary>
public sealed class ControlDatabaseException : Exception
{
    /// <summary>Says what is wrong and how to remedy it.</summary>
    public ControlDatabaseException(string message) : base(message)
    {
    }

    /// <summary>Says what is wrong, and what was under it.</summary>
    public ControlDatabaseException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>For who has nothing to say.</summary>
    public ControlDatabaseException() : this("The control database cannot be used.")
    {
    }
}
