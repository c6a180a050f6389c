namespace DataExport.Sandbox;

/// <summary>A file that ended in a record that was not whole, and has lost it.</summary>
internal sealed record TornFile(string Path, long WholeBytes, long DroppedBytes);
