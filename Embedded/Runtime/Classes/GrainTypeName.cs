using System.Reflection;

namespace Orleans.Runtime;

/// <summary>The name of a grain type: stated by the class, or its name in lower case without "Grain".</summary>
internal static class GrainTypeName
{
    private const string Suffix = "grain";

    public static string Of(Type grainClass)
    {
        if (grainClass.GetCustomAttribute<GrainTypeAttribute>(inherit: false) is { } stated)
        {
            return stated.Name;
        }

        var name = grainClass.Name.ToLowerInvariant();
        var hasSuffix = name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal);
        return hasSuffix ? name[..^Suffix.Length] : name;
    }
}
