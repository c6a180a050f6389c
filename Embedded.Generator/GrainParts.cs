using System.Linq;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>The assembly itself, and the referenced assemblies that have grains.</summary>
internal sealed record GrainParts(string AssemblyName, EquatableList<string> Names)
{
    public static GrainParts Read(Compilation compilation) => new(
        compilation.AssemblyName ?? "Assembly",
        new EquatableList<string>(compilation.SourceModule.ReferencedAssemblySymbols
            .Where(static assembly => assembly.HasAttribute("Orleans.Runtime.GrainManifestAttribute"))
            .Select(static assembly => assembly.Identity.Name)));
}
