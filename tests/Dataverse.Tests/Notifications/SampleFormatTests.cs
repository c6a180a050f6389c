using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Tests.Notifications;

public sealed class SampleFormatTests
{
    [SampleFact("messages")]
    public void Message_InAllFormats_PrintsTheSame()
    {
        foreach (var message in Samples.Formats())
        {
            var printed = message.ToDictionary(file => Path.GetExtension(file), file => Print(file));

            printed.Count.ShouldBe(message.Key.StartsWith("13-", StringComparison.Ordinal) ? 1 : 3, message.Key);
            foreach (var (extension, lines) in printed)
            {
                lines.ShouldBe(printed[".json"], $"{message.Key}{extension}");
            }
        }
    }

    private static IReadOnlyList<string> Print(string file)
    {
        var body = new NotificationBody(File.ReadAllBytes(file));
        new NotificationPrinter().TryPrint(body, out var lines, out var fault).ShouldBeTrue($"{file}: {fault}");
        return lines;
    }
}
