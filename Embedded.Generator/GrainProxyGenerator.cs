using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orleans.Generator;

/// <summary>
/// Writes the typed proxies through which grains are called, and the manifest that lists an assembly's grains.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainProxyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var interfaces = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is InterfaceDeclarationSyntax { BaseList: not null },
                static (syntax, cancellation) => ReadInterface(syntax, cancellation))
            .Where(static one => one is not null)
            .Select(static (one, _) => one!);

        var classes = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is ClassDeclarationSyntax { BaseList: not null },
                static (syntax, cancellation) => ReadClass(syntax, cancellation))
            .Where(static one => one is not null)
            .Select(static (one, _) => one!);

        var parts = context.CompilationProvider.Select(static (compilation, _) => GrainParts.Read(compilation));

        context.RegisterSourceOutput(interfaces, static (output, one) =>
        {
            foreach (var fault in one.Faults)
            {
                output.ReportDiagnostic(fault.ToDiagnostic());
            }

            output.AddSource($"{one.ProxyName}.g.cs", ProxyWriter.Write(one));
        });
        context.RegisterSourceOutput(
            interfaces.Collect().Combine(classes.Collect()).Combine(parts),
            static (output, all) =>
            {
                var ((found, implementations), assemblies) = all;
                if (found.Length + implementations.Length + assemblies.Names.Count > 0)
                {
                    var manifest = ManifestWriter.Write(Distinct(found), Distinct(implementations), assemblies);
                    output.AddSource("GrainManifest.g.cs", manifest);
                }
            });
    }

    private static GrainInterfaceModel? ReadInterface(GeneratorSyntaxContext syntax, CancellationToken cancellation) =>
        syntax.SemanticModel.GetDeclaredSymbol(syntax.Node, cancellation) is INamedTypeSymbol symbol
        && IsFirstPart(symbol, syntax.Node)
            ? GrainInterfaceModel.Read(symbol)
            : null;

    private static GrainClassModel? ReadClass(GeneratorSyntaxContext syntax, CancellationToken cancellation) =>
        syntax.SemanticModel.GetDeclaredSymbol(syntax.Node, cancellation) is INamedTypeSymbol symbol
        && IsFirstPart(symbol, syntax.Node)
            ? GrainClassModel.Read(symbol)
            : null;

    /// <summary>A partial type is read once: at the first of its parts that states a base.</summary>
    private static bool IsFirstPart(INamedTypeSymbol symbol, SyntaxNode node) => symbol.DeclaringSyntaxReferences
        .Select(static reference => reference.GetSyntax())
        .OfType<BaseTypeDeclarationSyntax>()
        .First(static part => part.BaseList is not null) == node;

    private static ImmutableArray<T> Distinct<T>(ImmutableArray<T> models) => models.Distinct().ToImmutableArray();
}
