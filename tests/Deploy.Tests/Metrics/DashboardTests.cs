using DataExport.Deploy.Tests.Live;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Metrics;

/// <summary>Every panel shows something while a silo works.</summary>
[Collection(LiveSystemCollection.Name)]
public sealed class DashboardTests(LiveSystem live)
{
    public static TheoryData<string, string> Expressions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (panel, expression) in Dashboard.Overview.Expressions)
            {
                data.Add(panel, expression);
            }

            return data;
        }
    }

    public static TheoryData<string, string> Variables
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, query) in Dashboard.Overview.Variables)
            {
                data.Add(name, query);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Panel_WhileASiloWorks_ShowsNumbers(string panel, string expression)
    {
        var query = Dashboard.Interpolate(expression);
        query.ShouldNotContain("$", customMessage: panel);

        var values = await Poll.ForAsync(
            async () => await live.Prometheus.QueryAsync(query) is { Length: > 0 } found
                && found.Any(double.IsFinite) ? found : null,
            () => $"'{panel}' stays empty: {query}");

        values.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public async Task Variable_WhileASiloWorks_HasValues(string name, string query)
    {
        // label_values(selector, label)
        var arguments = query["label_values(".Length..^1];
        var comma = arguments.LastIndexOf(',');
        var (selector, label) = (Dashboard.Interpolate(arguments[..comma]), arguments[(comma + 1)..].Trim());

        var values = await Poll.ForAsync(
            async () => await live.Prometheus.LabelValuesAsync(label, selector) is { Length: > 0 } found ? found : null,
            () => $"'{name}' has no values: {query}");

        values.Length.ShouldBe(1);
    }
}
