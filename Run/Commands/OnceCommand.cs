using DataExport.Run.Hosting;
using DataExport.Run.Once;

namespace DataExport.Run.Commands;

/// <summary><c>./run --once</c>.</summary>
internal static class OnceCommand
{
    /// <summary>Runs, prints, and returns 0 only when nothing differs.</summary>
    public static async Task<int> RunAsync(OnceOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var directory = options.DataDirectory is { } path ? DataDirectory.Use(path) : DataDirectory.CreateTemporary();
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var differences = 0L;
        try
        {
            differences = await RunAsync(options, directory, clock, stop.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new RunException(
                $"Not done after {options.Timeout.TotalMinutes:0.#} min. --data-dir keeps what there is.");
        }
        finally
        {
            // Kept where it differs: chaos does not find the same again, so that file is all there is to look into.
            if (differences > 0 || !directory.DeleteIfTemporary())
            {
                Console.Error.WriteLine($"The database is {directory.DatabaseFile}.");
            }
        }

        return differences == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<long> RunAsync(
        OnceOptions options, DataDirectory directory, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var run = await OnceRun.StartAsync(options, directory, Console.Error, clock, cancellationToken);
        var result = await run.RunAsync(cancellationToken);
        OnceSummary.WriteDifferences(Console.Error, run.Differences, result.Differences);
        if (options.Json)
        {
            OnceSummary.WriteJson(Console.Out, result);
        }
        else
        {
            OnceSummary.WriteText(Console.Out, result);
        }

        return result.Differences;
    }
}
