using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>The four shapes of a grain method's result.</summary>
internal enum ResultShape
{
    Task = 0,
    TaskOf = 1,
    ValueTask = 2,
    ValueTaskOf = 3,
}

/// <summary>One argument of a grain method.</summary>
internal sealed record ArgumentModel(string Name, string TypeCode, string PlainTypeCode, bool IsCancellationToken);

/// <summary>One method of a grain interface.</summary>
internal sealed record GrainMethodModel(
    string DeclaringTypeCode,
    string Name,
    ResultShape Shape,
    string? ResultTypeCode,
    int Options,
    EquatableList<ArgumentModel> Arguments)
{
    private const string OneWay = "Orleans.Concurrency.OneWayAttribute";

    /// <summary>Reads the method and adds what is wrong with it; null when no proxy can call it.</summary>
    public static GrainMethodModel? Read(IMethodSymbol method, INamedTypeSymbol grainInterface, List<FaultModel> faults)
    {
        if (WhyNotCallable(method) is { } why)
        {
            faults.Add(FaultModel.Shape(method, grainInterface, why));
            return null;
        }

        var shape = ShapeOf(method.ReturnType)!.Value;
        var result = (method.ReturnType as INamedTypeSymbol)?.TypeArguments.FirstOrDefault();
        CheckValues(method, result, grainInterface, faults);
        return new GrainMethodModel(
            method.ContainingType.ToCodeWithoutNullability(),
            method.Name,
            shape,
            result?.ToCode(),
            OptionsOf(method),
            new EquatableList<ArgumentModel>(method.Parameters.Select(static one => new ArgumentModel(
                one.Name,
                one.Type.ToCode(),
                one.Type.ToCodeWithoutNullability(),
                IsCancellationToken(one.Type)))));
    }

    /// <summary>The numbers of Orleans' InvokeMethodOptions.</summary>
    private static int OptionsOf(IMethodSymbol method) =>
        (method.HasAttribute(OneWay) ? 1 : 0)
        | (method.HasAttribute("Orleans.Concurrency.ReadOnlyAttribute") ? 2 : 0)
        | (method.HasAttribute("Orleans.Concurrency.AlwaysInterleaveAttribute") ? 4 : 0);

    private static void CheckValues(
        IMethodSymbol method, ITypeSymbol? result, INamedTypeSymbol grainInterface, List<FaultModel> faults)
    {
        foreach (var parameter in method.Parameters)
        {
            if (!IsCancellationToken(parameter.Type) && !parameter.HasAttribute(ImmutableTypes.Attribute)
                && ImmutableTypes.FindMutable(parameter.Type) is { } mutable)
            {
                var what = $"argument '{parameter.Name}'";
                faults.Add(FaultModel.Mutable(parameter, what, mutable, method, grainInterface));
            }
        }

        var isPromised = method.GetReturnTypeAttributes()
            .Any(static one => one.AttributeClass?.ToPlainName() == ImmutableTypes.Attribute);
        if (result is not null && !isPromised && ImmutableTypes.FindMutable(result) is { } mutableResult)
        {
            faults.Add(FaultModel.Mutable(method, "result", mutableResult, method, grainInterface));
        }
    }

    private static string? WhyNotCallable(IMethodSymbol method)
    {
        if (ShapeOf(method.ReturnType) is null)
        {
            return "it must return Task, Task<T>, ValueTask or ValueTask<T>";
        }

        if (method.HasAttribute(OneWay) && ShapeOf(method.ReturnType) is ResultShape.TaskOf or ResultShape.ValueTaskOf)
        {
            return "nobody waits for the result of a one-way method: it must return Task or ValueTask";
        }

        if (method.IsGenericMethod)
        {
            return "it must not be generic";
        }

        if (method.Parameters.Any(static one => one.RefKind is not RefKind.None))
        {
            return "its arguments must not be passed by reference";
        }

        var notLast = method.Parameters
            .Take(method.Parameters.Length - 1)
            .Any(static one => IsCancellationToken(one.Type));
        return notLast ? "its CancellationToken must be the last argument" : null;
    }

    private static ResultShape? ShapeOf(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString() switch
    {
        "System.Threading.Tasks.Task" => ResultShape.Task,
        "System.Threading.Tasks.Task<TResult>" => ResultShape.TaskOf,
        "System.Threading.Tasks.ValueTask" => ResultShape.ValueTask,
        "System.Threading.Tasks.ValueTask<TResult>" => ResultShape.ValueTaskOf,
        _ => null,
    };

    private static bool IsCancellationToken(ITypeSymbol type) =>
        type.ToPlainName() == "System.Threading.CancellationToken";
}
