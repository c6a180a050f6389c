namespace DataExport.Sandbox;

/// <summary>A file cannot be taken. The message names file, line and remedy.</summary>
public sealed class ImportException : Exception
{
    internal ImportException(string file, int line, string fault, string remedy, Exception? inner = null)
        : base(line > 0 ? $"{file}, line {line}: {fault} {remedy}" : $"{file}: {fault} {remedy}", inner) =>
        (File, Line) = (file, line);

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1; 0 when it is about the file as a whole.</summary>
    public int Line { get; }
}
