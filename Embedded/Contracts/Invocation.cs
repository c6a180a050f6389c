using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as its filters and predicates see it.</summary>
public interface IInvokable
{
    int GetArgumentCount();

    object? GetArgument(int index);

    /// <summary>Takes effect when the method has not begun.</summary>
    void SetArgument(int index, object value);

    string GetMethodName();

    /// <summary>Full name of the interface that declares the method.</summary>
    string GetInterfaceName();

    /// <summary>The interface's short name, a slash and the method's name.</summary>
    string GetActivityName();

    MethodInfo GetMethod();

    Type GetInterfaceType();
}

/// <summary>What a call has brought: a result, an exception, or neither where the method has no result.</summary>
public abstract class Response
{
    public static Response Completed { get; } = new Outcome<object>(null);

    /// <summary>Throws the exception, where it is one.</summary>
    public abstract object? Result { get; }

    public virtual Exception? Exception => null;

    public static Response FromResult<TResult>(TResult value) => new Outcome<TResult>(value);

    public static Response FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new Fault(exception);
    }

    /// <exception cref="InvalidCastException">The result is of another type.</exception>
    public virtual T GetResult<T>() => (T)Result!;

    public override string ToString() => Exception?.ToString() ?? Result?.ToString() ?? "[null]";

    private sealed class Outcome<TResult>(TResult? value) : Response
    {
        public override object? Result => value;

        public override T GetResult<T>() => value is T result ? result : (T)(object?)value!;
    }

    private sealed class Fault(Exception exception) : Response
    {
        public override object? Result
        {
            get
            {
                ExceptionDispatchInfo.Throw(exception);
                return null;
            }
        }

        public override Exception Exception => exception;
    }
}
