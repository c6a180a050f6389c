using DataExport.ServiceBus;

namespace DataExport.Silo.Pulling;

/// <summary>A pulling agent that runs, and what ends with it.</summary>
internal sealed class RunningAgent
{
    private readonly Func<Task> _cancel;
    private readonly Task _running;

    private RunningAgent(Func<Task> cancel, Task running) => (_cancel, _running) = (cancel, running);

    public static RunningAgent Start(NotificationPullingAgent agent, ServiceBusClient client)
    {
        var stopping = new CancellationTokenSource();
        return new RunningAgent(stopping.CancelAsync, Task.Run(() => RunAsync(agent, client, stopping)));
    }

    /// <summary>Stops the agent; returns when what was in flight has ended or was given up.</summary>
    public async Task StopAsync()
    {
        if (!_running.IsCompleted)
        {
            await _cancel();
        }

        await _running;
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
