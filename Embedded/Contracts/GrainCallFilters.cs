using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>One call, as a filter sees it.</summary>
public interface IGrainCallContext
{
    IInvokable Request { get; }

    /// <summary>The grain whose method is called.</summary>
    object Grain { get; }

    /// <summary>The grain that has made the call; null when no grain has.</summary>
    GrainId? SourceId { get; }

    GrainId TargetId { get; }

    GrainInterfaceType InterfaceType { get; }

    /// <summary>Full name of the interface that declares the method.</summary>
    string InterfaceName { get; }

    string MethodName { get; }

    MethodInfo InterfaceMethod { get; }

    /// <summary>The result; null while there is none and when the call has failed. Set, it is the caller's.</summary>
    object? Result { get; set; }

    Response? Response { get; set; }

    /// <summary>Goes on to the next filter, or to the method. Its failure is thrown here.</summary>
    Task Invoke();
}

/// <summary>One call that has come to its grain.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    IGrainContext TargetContext { get; }

    /// <summary>The method of the grain's class.</summary>
    MethodInfo ImplementationMethod { get; }
}

/// <summary>
/// Stands before the methods of all grains of a silo, or of the one that implements it. Runs in the grain's turn.
/// </summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>
    /// Either goes on with <see cref="IGrainCallContext.Invoke"/>, or sets the result itself, or throws.
    /// </summary>
    Task Invoke(IIncomingGrainCallContext context);
}

/// <inheritdoc cref="IIncomingGrainCallFilter.Invoke"/>
public delegate Task IncomingGrainCallFilterDelegate(IIncomingGrainCallContext context);
