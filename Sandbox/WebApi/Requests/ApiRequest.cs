namespace DataExport.Sandbox;

/// <summary>One request of the Web API, alone or within a batch.</summary>
internal sealed class ApiRequest
{
    public const string Root = "/api/data/v9.2/";

    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);

    private ApiRequest(string path, string query, string? prefer, string baseAddress)
    {
        Segments = PathSegment.Split(path);
        BaseAddress = baseAddress;
        Preferences = Preferences.Parse(prefer);
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equal = option.IndexOf('=', StringComparison.Ordinal);
            var name = Uri.UnescapeDataString(equal < 0 ? option : option[..equal]);
            _options[name] = equal < 0 ? "" : Uri.UnescapeDataString(option[(equal + 1)..]);
        }
    }

    /// <summary>The path below the root.</summary>
    public IReadOnlyList<PathSegment> Segments { get; }

    public Preferences Preferences { get; }

    /// <summary>The root's address, as links begin.</summary>
    public string BaseAddress { get; }

    /// <summary>Reads a target: absolute, from the host's root, or relative to the Web API's root.</summary>
    /// <exception cref="ApiException">It lies outside the Web API.</exception>
    public static ApiRequest Parse(string target, string? prefer, string baseAddress)
    {
        var host = target.IndexOf("://", StringComparison.Ordinal);
        var question = target.IndexOf('?', StringComparison.Ordinal);
        if (host >= 0 && (question < 0 || host < question))
        {
            var path = target.IndexOf('/', host + 3);
            target = path < 0 ? "/" : target[path..];
            question = target.IndexOf('?', StringComparison.Ordinal);
        }

        var address = question < 0 ? target : target[..question];
        if (address.StartsWith(Root, StringComparison.OrdinalIgnoreCase))
        {
            address = address[Root.Length..];
        }
        else if (address.StartsWith('/'))
        {
            throw ApiException.NoResource(address);
        }

        return new ApiRequest(
            Uri.UnescapeDataString(address), question < 0 ? "" : target[(question + 1)..], prefer, baseAddress);
    }

    /// <summary>A query option such as <c>$select</c>, or <see langword="null"/>.</summary>
    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <summary>The names in <c>$select</c>, empty when it is missing.</summary>
    public string[] Select() => Option("$select")?.Split(
        ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

/// <summary>One part of a path: a name and what stands in its parentheses.</summary>
internal readonly record struct PathSegment(string Name, string? Key)
{
    public static List<PathSegment> Split(string path)
    {
        var segments = new List<PathSegment>();
        var (begin, depth) = (0, 0);
        for (var place = 0; place <= path.Length; place++)
        {
            var letter = place == path.Length ? '/' : path[place];
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == '/' && (depth == 0 || place == path.Length))
            {
                if (place > begin)
                {
                    segments.Add(Read(path[begin..place]));
                }

                begin = place + 1;
            }
        }

        return segments;
    }

    /// <summary>The value of <paramref name="name"/> in a key such as <c>LogicalName='account'</c>.</summary>
    public string? Argument(string name)
    {
        var prefix = name + "=";
        return Key is not null && Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            ? Key[prefix.Length..].Trim('\'')
            : null;
    }

    private static PathSegment Read(string segment)
    {
        var open = segment.IndexOf('(', StringComparison.Ordinal);
        return open < 0 || !segment.EndsWith(')')
            ? new PathSegment(segment, null)
            : new PathSegment(segment[..open], segment[(open + 1)..^1]);
    }
}
