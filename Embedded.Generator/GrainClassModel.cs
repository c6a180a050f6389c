using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>A grain class and the grain interfaces it implements.</summary>
internal sealed record GrainClassModel(string TypeCode, EquatableList<string> Interfaces)
{
    public static GrainClassModel? Read(INamedTypeSymbol symbol)
    {
        if (symbol.IsAbstract || symbol.IsGenericType || !symbol.IsReachable()
            || !symbol.AllInterfaces.Any(static one => one.ToPlainName() == "Orleans.IGrainBase"))
        {
            return null;
        }

        var interfaces = symbol.AllInterfaces
            .Where(static one => one.IsGrainInterface())
            .Select(static one => one.ToCodeWithoutNullability())
            .ToList();
        return interfaces.Count == 0
            ? null
            : new GrainClassModel(symbol.ToCodeWithoutNullability(), new EquatableList<string>(interfaces));
    }
}
