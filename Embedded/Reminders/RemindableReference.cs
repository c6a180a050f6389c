using Orleans.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Reminders;

/// <summary>
/// The proxy of <see cref="IRemindable"/>, which no generator writes since the interface is the runtime's.
/// </summary>
internal sealed class RemindableReference(GrainReferenceSource source) : GrainReference(source), IRemindable
{
    private static readonly GrainMethod s_method = new(
        typeof(IRemindable),
        nameof(IRemindable.ReceiveReminder),
        InvokeMethodOptions.None,
        typeof(string),
        typeof(TickStatus));

    public Task ReceiveReminder(string reminderName, TickStatus status) => Send(new Call(reminderName, status));

    private sealed class Call(string reminderName, TickStatus status) : TaskCall(s_method, CancellationToken.None)
    {
        public override object? GetArgument(int index) => index switch
        {
            0 => reminderName,
            1 => status,
            _ => base.GetArgument(index),
        };

        protected override Task Invoke(object grain, CancellationToken cancellationToken) =>
            ((IRemindable)grain).ReceiveReminder(reminderName, status);
    }
}
