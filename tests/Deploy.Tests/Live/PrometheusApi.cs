using System.Globalization;
using System.Net;
using System.Text.Json;

namespace DataExport.Deploy.Tests.Live;

/// <summary>Questions to a Prometheus over its HTTP API.</summary>
internal sealed class PrometheusApi(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>The values of an instant query; a refused expression fails the test with Prometheus' words.</summary>
    public async Task<double[]> QueryAsync(string expression)
    {
        using var answer = await GetAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}");
        return
        [
            .. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
                .Select(static series => series.GetProperty("value")[1].GetString()!)
                .Select(static value => value.Replace("Inf", "Infinity", StringComparison.Ordinal))
                .Select(static value => double.Parse(value, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>The values that a label has among the series of a selector.</summary>
    public async Task<string[]> LabelValuesAsync(string label, string selector)
    {
        using var answer = await GetAsync($"api/v1/label/{label}/values?match[]={Uri.EscapeDataString(selector)}");
        return [.. answer.RootElement.GetProperty("data").EnumerateArray().Select(static value => value.GetString()!)];
    }

    /// <summary>Name, health and state of every alert rule.</summary>
    public async Task<(string Name, string Health, string State)[]> RulesAsync()
    {
        using var answer = await GetAsync("api/v1/rules?type=alert");
        return
        [
            .. answer.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray()
                .SelectMany(static group => group.GetProperty("rules").EnumerateArray())
                .Select(static rule => (
                    rule.GetProperty("name").GetString()!,
                    rule.GetProperty("health").GetString()!,
                    rule.GetProperty("state").GetString()!)),
        ];
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("-/ready", UriKind.Relative));
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonDocument.Parse(text);
    }
}
