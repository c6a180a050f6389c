using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Orleans.Generator;

/// <summary>
/// Something wrong with a grain interface, and where. Holds no symbol, so that models compare by value.
/// </summary>
internal sealed record FaultModel(
    bool IsMutable, EquatableList<string> Texts, string? Path, TextSpan Span, LinePositionSpan Lines)
{
    private static readonly DiagnosticDescriptor s_mutable = new(
        "DXG001",
        "A value crosses a grain boundary without being immutable",
        "The {0} of grain method {1} has type {2}, of which {3} is neither a primitive nor marked [Immutable]. "
        + "Values pass between grains without a copy: mark the type or the parameter [Immutable] and never change the "
        + "value once it was passed, or use an immutable type such as ImmutableArray<T>.",
        "Grains",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    private static readonly DiagnosticDescriptor s_shape = new(
        "DXG002",
        "A member of a grain interface cannot be called",
        "{0} cannot be called on a grain: {1}",
        "Grains",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public static FaultModel Mutable(
        ISymbol at, string what, ITypeSymbol mutable, IMethodSymbol method, INamedTypeSymbol grainInterface)
    {
        var type = at is IParameterSymbol parameter ? parameter.Type : method.ReturnType;
        return Create(
            isMutable: true,
            at,
            grainInterface,
            what,
            $"{method.ContainingType.Name}.{method.Name}",
            type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            mutable.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
    }

    public static FaultModel Shape(ISymbol member, INamedTypeSymbol grainInterface, string why) => Create(
        isMutable: false, member, grainInterface, $"{member.ContainingType.Name}.{member.Name}", why);

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        IsMutable ? s_mutable : s_shape,
        Path is null ? Location.None : Location.Create(Path, Span, Lines),
        Texts.ToArray<object>());

    /// <summary>
    /// An inherited member may lie in another assembly: then the interface that inherits it is the place.
    /// </summary>
    private static FaultModel Create(bool isMutable, ISymbol at, INamedTypeSymbol grainInterface, params string[] texts)
    {
        var location = at.Locations.Concat(grainInterface.Locations).FirstOrDefault(static one => one.IsInSource);
        return new FaultModel(
            isMutable,
            new EquatableList<string>(texts),
            location?.SourceTree?.FilePath,
            location?.SourceSpan ?? default,
            location?.GetLineSpan().Span ?? default);
    }
}
