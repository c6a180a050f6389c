namespace DataExport.Run.Once;

/// <summary>Counts the entries of a silo's failure logs.</summary>
internal static class FailedRecords
{
    public static long Count(string siloDirectory)
    {
        var directory = Path.Combine(siloDirectory, "failed-records");
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.jsonl").Sum(file => File.ReadLines(file).LongCount())
            : 0;
    }
}
