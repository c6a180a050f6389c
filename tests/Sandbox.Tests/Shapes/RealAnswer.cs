using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataExport.Sandbox.Tests.Shapes;

/// <summary>Answers that a real environment gave, and what shape an answer has.</summary>
internal static partial class RealAnswer
{
    public const string Folder = "webapi";

    /// <summary>The names of all files.</summary>
    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(SampleFolder.Find(Folder)!).Select(static file => Path.GetFileName(file));

    /// <summary>The answers of a file, without what was asked.</summary>
    public static string Text(string name)
    {
        var text = File.ReadAllText(Path.Combine(SampleFolder.Find(Folder)!, name));
        return name.EndsWith(".json", StringComparison.Ordinal) ? text : Response().Split(text, 2)[1];
    }

    /// <summary>The body of an answer; a file may hold several, one after the other.</summary>
    public static JsonElement Read(string name, int answer = 0)
    {
        var body = Response().Split(Text(name))[answer];
        var json = Omission().Replace(body[body.IndexOf('{')..], ": null");
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), isFinalBlock: false, default);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>All keys, those of a list's members together, in the order of the alphabet.</summary>
    public static SortedSet<string> Keys(JsonElement element) => new(Kinds(element).Keys, StringComparer.Ordinal);

    /// <summary>The keys, each with the kinds of its values; nulls, which any kind may be, are none.</summary>
    public static Dictionary<string, HashSet<string>> Kinds(JsonElement element)
    {
        var kinds = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        Gather(element, "", kinds);
        return kinds;
    }

    private static void Gather(JsonElement element, string path, Dictionary<string, HashSet<string>> kinds)
    {
        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var member in element.EnumerateArray())
            {
                Gather(member, path, kinds);
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                var key = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                _ = kinds.TryAdd(key, []);
                if (KindOf(member.Value) is { } kind)
                {
                    _ = kinds[key].Add(kind);
                }

                Gather(member.Value, key, kinds);
            }
        }
    }

    private static string? KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        var kind => kind.ToString(),
    };

    [GeneratedRegex("### RESPONSE")]
    private static partial Regex Response();

    /// <summary>What the documents leave out for brevity, in pointed brackets.</summary>
    [GeneratedRegex(":\\s*<[^>]*>")]
    private static partial Regex Omission();
}
