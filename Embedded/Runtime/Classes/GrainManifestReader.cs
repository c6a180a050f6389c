using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Finds the manifests of all assemblies that are loaded, and of those that they name as parts.</summary>
internal static class GrainManifestReader
{
    public static GrainManifestBuilder Read()
    {
        var builder = new GrainManifestBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (!assembly.IsDynamic)
            {
                Read(assembly, builder, seen);
            }
        }

        return builder;
    }

    private static void Read(Assembly assembly, GrainManifestBuilder builder, HashSet<string> seen)
    {
        if (assembly.FullName is not { } name || !seen.Add(name))
        {
            return;
        }

        if (assembly.GetCustomAttribute<GrainManifestAttribute>() is { } manifest)
        {
            ((IGrainManifest)Activator.CreateInstance(manifest.ManifestType)!).Register(builder);
        }

        foreach (var part in assembly.GetCustomAttributes<ApplicationPartAttribute>())
        {
            Read(Assembly.Load(part.AssemblyName), builder, seen);
        }
    }
}
