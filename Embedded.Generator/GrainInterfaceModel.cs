using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>A grain interface: what its proxy needs to know, and what is wrong with it.</summary>
internal sealed record GrainInterfaceModel(
    string TypeCode,
    string ProxyName,
    EquatableList<GrainMethodModel> Methods,
    EquatableList<FaultModel> Faults)
{
    public static GrainInterfaceModel? Read(INamedTypeSymbol symbol)
    {
        if (!symbol.IsGrainInterface() || !symbol.IsReachable())
        {
            return null;
        }

        var methods = new List<GrainMethodModel>();
        var faults = new List<FaultModel>();
        foreach (var member in Members(symbol))
        {
            if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method)
            {
                faults.Add(FaultModel.Shape(member, symbol, "only methods can be called on a grain"));
            }
            else if (GrainMethodModel.Read(method, symbol, faults) is { } model)
            {
                methods.Add(model);
            }
        }

        return new GrainInterfaceModel(
            symbol.ToCodeWithoutNullability(),
            "Proxy_" + symbol.ToIdentifier(),
            new EquatableList<GrainMethodModel>(methods),
            new EquatableList<FaultModel>(faults));
    }

    /// <summary>
    /// All that a proxy has to implement: nothing static, and no accessor, whose property stands for it.
    /// </summary>
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol symbol) => symbol.AllInterfaces
        .Add(symbol)
        .SelectMany(static one => one.GetMembers())
        .Where(static member => member is { IsStatic: false, IsAbstract: true } and not ITypeSymbol
            && member is not IMethodSymbol { AssociatedSymbol: not null });
}
