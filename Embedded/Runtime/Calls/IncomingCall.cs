using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One call on its way through the filters to its method, and back.</summary>
internal sealed class IncomingCall(GrainCall call, Activation activation, CancellationToken cancellationToken)
    : IIncomingGrainCallContext
{
    private static readonly ConcurrentDictionary<(Type GrainClass, GrainMethod Method), MethodInfo> s_methods = new();

    private readonly IIncomingGrainCallFilter[] _filters = activation.Class.Filters!;
    private int _stage;

    public IInvokable Request => call;

    public object Grain => activation.GrainInstance!;

    public GrainId? SourceId => call.Source?.GrainId;

    public GrainId TargetId => activation.GrainId;

    public IGrainContext TargetContext => activation;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(call.Method.InterfaceName);

    public string InterfaceName => call.Method.InterfaceName;

    public string MethodName => call.Method.MethodName;

    public MethodInfo InterfaceMethod => call.Method.InterfaceMethod;

    public MethodInfo ImplementationMethod =>
        s_methods.GetOrAdd((activation.Class.Implementation, call.Method), static key => FindMethod(key));

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response is { Exception: null } response ? response.Result : null;
        set => Response = Response.FromResult(value);
    }

    /// <summary>
    /// Each call of it goes one stage further: the silo's filters, the grain as its own filter, the method.
    /// </summary>
    public async Task Invoke()
    {
        var stage = _stage++;
        try
        {
            if (stage < _filters.Length)
            {
                await PassAsync(_filters[stage]);
            }
            else if (stage == _filters.Length && Grain is IIncomingGrainCallFilter itself)
            {
                await PassAsync(itself);
            }
            else if (stage <= _filters.Length + 1)
            {
                _stage = _filters.Length + 2;
                await RunMethodAsync();
            }
            else
            {
                throw new InvalidOperationException($"A filter went on twice with {call.Method}.");
            }
        }
        finally
        {
            _stage = stage;
        }
    }

    /// <summary>Runs all stages and returns what the caller gets.</summary>
    public async Task<Response> RunAsync()
    {
        await Invoke();
        return Response!;
    }

    private static MethodInfo FindMethod((Type GrainClass, GrainMethod Method) key)
    {
        var method = key.Method.InterfaceMethod;
        if (!key.Method.InterfaceType.IsAssignableFrom(key.GrainClass))
        {
            return method;
        }

        var map = key.GrainClass.GetInterfaceMap(key.Method.InterfaceType);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)];
    }

    private async Task PassAsync(IIncomingGrainCallFilter filter)
    {
        await filter.Invoke(this);
        if (Response is null)
        {
            throw new InvalidOperationException(
                $"The filter {filter.GetType()} has neither gone on with {call.Method} nor set a result.");
        }
    }

    private async Task RunMethodAsync()
    {
        try
        {
            Response = await call.InvokeAsync(Grain, cancellationToken);
        }
        catch (Exception exception)
        {
            // A filter that catches it and sets no result leaves it to the caller, as in Orleans.
            Response = Response.FromException(exception);
            ExceptionDispatchInfo.Throw(exception);
        }
    }
}
