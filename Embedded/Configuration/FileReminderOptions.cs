namespace Orleans.Configuration;

/// <summary>Options of the reminder service that keeps one JSON file a reminder.</summary>
public sealed class FileReminderOptions
{
    /// <summary>Created on the first write. No other silo may use it.</summary>
    public string Directory { get; set; } = "";
}
