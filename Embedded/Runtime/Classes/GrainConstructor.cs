using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Creates the instances of one grain class, with its services injected.</summary>
/// <remarks>
/// Singletons are looked up once. Only a class that asks for something else costs a scope an activation.
/// </remarks>
internal sealed class GrainConstructor
{
    private readonly Silo _silo;
    private readonly ConstructorInvoker _invoker;
    private readonly ParameterInfo[] _parameters;
    private Func<Activation, object?>[]? _arguments;

    public GrainConstructor(Silo silo, Type grainClass)
    {
        _silo = silo;
        var constructor = Choose(grainClass);
        _invoker = ConstructorInvoker.Create(constructor);
        _parameters = constructor.GetParameters();
    }

    public object Construct(Activation activation)
    {
        if (_parameters.Length == 0)
        {
            return _invoker.Invoke();
        }

        var sources = _arguments ??= Array.ConvertAll(_parameters, CreateSource);
        var arguments = new object?[sources.Length];
        for (var i = 0; i < sources.Length; i++)
        {
            arguments[i] = sources[i](activation);
        }

        return _invoker.Invoke(arguments.AsSpan());
    }

    private static ConstructorInfo Choose(Type grainClass)
    {
        var constructors = grainClass.GetConstructors();
        return Array.Find(constructors, one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(one => one.GetParameters().Length)
            ?? throw new InvalidOperationException($"Grain class {grainClass} has no public constructor.");
    }

    private Func<Activation, object?> CreateSource(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state)
        {
            return PersistentStateFactory.CreateSource(_silo, type, state);
        }

        if (type == typeof(IGrainContext))
        {
            return static activation => activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return activation =>
                activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        }

        if (_silo.Lifetimes.IsSingleton(type))
        {
            var singleton = _silo.Services.GetRequiredService(type);
            return _ => singleton;
        }

        return parameter.HasDefaultValue
            ? activation => activation.ActivationServices.GetService(type) ?? parameter.DefaultValue
            : activation => activation.ActivationServices.GetRequiredService(type);
    }
}
