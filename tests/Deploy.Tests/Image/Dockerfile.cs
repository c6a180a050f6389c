using System.Text.RegularExpressions;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Image;

/// <summary>The Dockerfile, instruction by instruction: no engine is needed to read it.</summary>
internal static partial class Dockerfile
{
    /// <summary>Stage by stage: its name, what it is made from, its instructions.</summary>
    public static IReadOnlyList<(string Name, string From, IReadOnlyList<(string Keyword, string Arguments)> Steps)>
        Stages { get; } = Read();

    private static List<(string, string, IReadOnlyList<(string, string)>)> Read()
    {
        var stages = new List<(string, string, IReadOnlyList<(string, string)>)>();
        List<(string, string)> steps = [];
        foreach (var (keyword, arguments) in Instructions())
        {
            if (keyword == "FROM")
            {
                var from = Regex.Match(arguments, @"^(\S+) AS (\S+)$");
                from.Success.ShouldBeTrue($"a stage has a name: {arguments}");
                steps = [];
                stages.Add((from.Groups[2].Value, from.Groups[1].Value, steps));
            }

            steps.Add((keyword, arguments));
        }

        return stages;
    }

    private static IEnumerable<(string Keyword, string Arguments)> Instructions()
    {
        var text = File.ReadAllText(Repository.File("Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (var line in text.Split('\n').Where(static line => line.Length > 0 && line[0] is not '#'))
        {
            var instruction = Instruction().Match(line);
            instruction.Success.ShouldBeTrue($"no instruction: {line}");
            yield return (instruction.Groups[1].Value, instruction.Groups[2].Value.Trim());
        }
    }

    [GeneratedRegex(@"^(ARG|FROM|WORKDIR|COPY|RUN|ENV|USER|EXPOSE|ENTRYPOINT) (.+)$")]
    private static partial Regex Instruction();
}
