using DataExport.ServiceBus;
using DataExport.Silo.Hosting;

namespace DataExport.Silo.Pulling;

/// <summary>A pulling agent that runs, and what ends with it.</summary>
internal sealed class RunningAgent
{
    private readonly Func<Task> _cancel;
    private readonly Task _running;

    private RunningAgent(ProfileRuntime runtime, Func<Task> cancel, Task running) =>
        (Runtime, _cancel, _running) = (runtime, cancel, running);

    /// <summary>The runtime that the agent serves.</summary>
    public ProfileRuntime Runtime { get; }

    /// <summary>Whether the agent does its work: nothing but a stop should ever end it.</summary>
    public bool IsRunning => !_running.IsCompleted;

    public static RunningAgent Start(NotificationPullingAgent agent, ProfileRuntime runtime, ServiceBusClient client)
    {
        var stopping = new CancellationTokenSource();
        return new RunningAgent(runtime, stopping.CancelAsync, Task.Run(() => RunAsync(agent, client, stopping)));
    }

    /// <summary>
    /// Stops the agent; returns when what was in flight has ended or was given up, and says what had ended it before.
    /// </summary>
    public async Task<Exception?> StopAsync()
    {
        if (IsRunning)
        {
            await _cancel();
        }

        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _running.Exception?.InnerException;
    }

    private static async Task RunAsync(
        NotificationPullingAgent agent, ServiceBusClient client, CancellationTokenSource stopping)
    {
        using (stopping)
        {
            await using (client)
            {
                await agent.RunAsync(stopping.Token);
            }
        }
    }
}
