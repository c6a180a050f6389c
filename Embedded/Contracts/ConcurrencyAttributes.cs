namespace Orleans.Concurrency;

/// <summary>The marked method may run while another call of the same grain activation waits.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>
/// The marked method changes nothing: it may start while another marked one of the same grain activation waits.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>
/// Nobody waits for the marked method: its caller goes on at once and hears neither of its end nor of its failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>All calls and timer ticks of the marked class may run while others wait.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

/// <summary>Those calls of the marked class may run while others wait that a method of the class says may.</summary>
/// <param name="callbackMethodName">
/// A public static method of the class: <c>bool Name(IInvokable call)</c>. It runs on the caller's thread.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}

/// <summary>
/// Grains of the marked class keep nothing between calls, so that several activations of one grain share its calls.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : Attribute
{
    /// <summary>As many activations of one grain as the machine has processors.</summary>
    public StatelessWorkerAttribute()
        : this(-1)
    {
    }

    /// <summary>At most so many activations of one grain; zero or less for the number of processors.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers) =>
        MaxLocalWorkers = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;

    internal int MaxLocalWorkers { get; }
}
