using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Which types may cross a grain boundary without a copy.</summary>
internal static class ImmutableTypes
{
    public const string Attribute = "Orleans.ImmutableAttribute";

    private static readonly HashSet<string> s_primitives =
    [
        "System.Guid", "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Half",
        "System.Int128", "System.UInt128", "System.Text.Rune", "System.Uri", "System.Version",
        "System.Numerics.BigInteger", "System.Threading.CancellationToken", "Orleans.Runtime.GrainId",
    ];

    /// <summary>Safe as far as what they hold is.</summary>
    private static readonly HashSet<string> s_containers =
    [
        "System.Nullable", "System.ValueTuple", "System.Tuple", "System.Collections.Generic.KeyValuePair",
        "System.Collections.Immutable.ImmutableArray", "System.Collections.Immutable.ImmutableList",
        "System.Collections.Immutable.ImmutableDictionary", "System.Collections.Immutable.ImmutableSortedDictionary",
        "System.Collections.Immutable.ImmutableHashSet", "System.Collections.Immutable.ImmutableSortedSet",
        "System.Collections.Immutable.ImmutableQueue", "System.Collections.Immutable.ImmutableStack",
    ];

    /// <summary>The type itself or the part of it that could change on its way, or null.</summary>
    public static ITypeSymbol? FindMutable(ITypeSymbol type)
    {
        if (IsPrimitive(type) || type.HasAttribute(Attribute) || IsGrainReference(type))
        {
            return null;
        }

        return type is INamedTypeSymbol named && (named.IsTupleType || IsContainer(named))
            ? named.TypeArguments.Select(FindMutable).FirstOrDefault(static part => part is not null)
            : type;
    }

    /// <summary>By namespace and name: in display strings a nullable has neither.</summary>
    private static bool IsContainer(INamedTypeSymbol type) => type.ContainingType is null
        && s_containers.Contains($"{type.ContainingNamespace?.ToDisplayString()}.{type.Name}");

    private static bool IsPrimitive(ITypeSymbol type) => type.TypeKind is TypeKind.Enum
        || type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String)
            or SpecialType.System_DateTime
        || s_primitives.Contains(type.ToPlainName());

    private static bool IsGrainReference(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Interface }
        && (type.ToPlainName() == "Orleans.IAddressable"
            || type.AllInterfaces.Any(static one => one.ToPlainName() == "Orleans.IAddressable"));
}
