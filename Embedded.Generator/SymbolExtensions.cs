using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Questions about symbols.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat s_fullFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_plainFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>The type as generated code names it.</summary>
    public static string ToCode(this ITypeSymbol type) => type.ToDisplayString(s_fullFormat);

    public static string ToCodeWithoutNullability(this ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Namespace, containing types and name, joined by dots.</summary>
    public static string ToPlainName(this ITypeSymbol type) => type.ToDisplayString(s_plainFormat);

    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.GetAttributes()
        .Any(attribute => attribute.AttributeClass?.ToPlainName() == fullName);

    public static bool IsGrainInterface(this INamedTypeSymbol symbol) =>
        symbol.TypeKind is TypeKind.Interface && !symbol.IsGenericType
        && symbol.ContainingNamespace.ToDisplayString() != "Orleans"
        && symbol.AllInterfaces.Any(static one => one.ToPlainName() == "Orleans.IGrain");

    /// <summary>Whether other types of the assembly can name the type.</summary>
    public static bool IsReachable(this INamedTypeSymbol symbol)
    {
        for (var type = symbol; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal || type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal
                or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An identifier that is unique among the assembly's types.</summary>
    public static string ToIdentifier(this INamedTypeSymbol symbol)
    {
        var identifier = new StringBuilder();
        foreach (var one in symbol.ToPlainName())
        {
            identifier.Append(char.IsLetterOrDigit(one) ? one : '_');
        }

        return identifier.ToString();
    }
}
