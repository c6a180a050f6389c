using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>Writes the typed proxies through which grains are called.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainProxyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
