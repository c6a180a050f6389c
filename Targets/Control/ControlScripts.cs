using System.Collections.Immutable;
using System.Reflection;

namespace DataExport.Targets.Control;

/// <summary>The schema's versions, each a script an engine.</summary>
internal static class ControlScripts
{
    /// <summary>The version that this build reads and writes.</summary>
    public const int Latest = 2;

    /// <summary>The scripts of an engine; the first makes version 1, each other one the version after.</summary>
    public static ImmutableArray<string> Of(string engine) =>
        [.. Enumerable.Range(1, Latest).Select(version => Read($"control-{version}.{engine}.sql"))];

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The script {name} is missing in this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
