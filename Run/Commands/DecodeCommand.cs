using DataExport.Dataverse.Notifications;

namespace DataExport.Run.Commands;

/// <summary><c>./run decode FILE…</c>: what notifications say.</summary>
internal static class DecodeCommand
{
    /// <summary>Prints every change of every file, and goes on after one that cannot be decoded.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> files, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var printer = new NotificationPrinter();
        var exitCode = ExitCode.Success;
        foreach (var file in files)
        {
            byte[] body;
            try
            {
                body = await File.ReadAllBytesAsync(file, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"{file}: {exception.Message}");
                exitCode = ExitCode.Failure;
                continue;
            }

            if (!printer.TryPrint(new NotificationBody(body), out var lines, out var fault))
            {
                errors.WriteLine($"{file}: {fault}");
                exitCode = ExitCode.Failure;
                continue;
            }

            foreach (var line in lines)
            {
                output.WriteLine(line);
            }
        }

        return exitCode;
    }
}
