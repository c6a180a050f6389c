using System.Diagnostics;

namespace DataExport.Deploy.Tests.Tools;

/// <summary>A program that was run to its end.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(9);

    /// <summary>Both outputs, for a failure's message.</summary>
    public string Said => $"{Output}\n{Errors}";

    /// <summary>Runs a program in <paramref name="directory"/>.</summary>
    public static async Task<ToolRun> RunAsync(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var timeout = new CancellationTokenSource(_patience);
        var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
        var errors = process.StandardError.ReadToEndAsync(timeout.Token);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return new ToolRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Runs a script of <c>.ci</c> that installs what is missing. What cannot be had fails the test.</summary>
    public static async Task RequireAsync(string script, params string[] arguments)
    {
        var run = await RunAsync(Repository.Root, Repository.File(".ci", script), arguments);
        run.ExitCode.ShouldBe(0, run.Said);
    }
}
