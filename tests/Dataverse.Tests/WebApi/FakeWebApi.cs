using System.Globalization;
using System.Net;
using System.Text;
using DataExport.Dataverse.Credentials;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.Tests.WebApi;

/// <summary>
/// An environment whose answers are written down, first come first served, and which keeps the requests.
/// </summary>
internal sealed class FakeWebApi : HttpMessageHandler
{
    public const string Root = "https://org.example.com";
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = [];

    public List<(HttpMethod Method, string Path, string Headers, string Body)> Requests { get; } = [];

    public DataverseSourceOptions Options { get; } = new();

    public OpenBudgets Budgets { get; } = new();

    /// <summary>Answers the next request with JSON in which ' stands for the double quote.</summary>
    public FakeWebApi Answer(string json, HttpStatusCode status = HttpStatusCode.OK, int? retryAfterSeconds = null)
    {
        _answers.Enqueue(_ =>
        {
            var response = new HttpResponseMessage(status)
            {
                Content = new StreamContent(new SmallReadsStream(Encoding.UTF8.GetBytes(json.Replace('\'', '"')))),
            };
            if (retryAfterSeconds is { } seconds)
            {
                response.Headers.Add("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));
            }

            return response;
        });
        return this;
    }

    /// <summary>Answers the next request, a batch, with parts: status and JSON.</summary>
    public FakeWebApi AnswerBatch(params (int Status, string Json)[] parts)
    {
        var body = new StringBuilder();
        foreach (var (status, json) in parts)
        {
            body.Append("--batchresponse_1\r\nContent-Type: application/http\r\n");
            body.Append("Content-Transfer-Encoding: binary\r\n\r\n");
            body.Append($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nRetry-After: 7\r\n\r\n");
            body.Append(json.Replace('\'', '"')).Append("\r\n");
        }

        body.Append("--batchresponse_1--\r\n");
        _answers.Enqueue(_ =>
        {
            var content = new StringContent(body.ToString());
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/mixed; boundary=batchresponse_1");
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
        });
        return this;
    }

    public FakeWebApi AnswerWith(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public ISourceEnvironment Open(TimeProvider? clock = null, string root = Root) =>
        Factory(clock).Open(new ExportProfile { SourceUrl = root });

    public ISourceRegistration OpenRegistration() =>
        Factory(null).OpenRegistration(new ExportProfile { SourceUrl = Root });

    private DataverseEnvironmentFactory Factory(TimeProvider? clock)
    {
        var monitor = new FixedOptions(Options);
        var tokens = new CredentialTokenProvider(monitor, clock ?? TimeProvider.System, SourceCredentials.Create);
        var settings = new WebApiClientSettings(monitor, clock ?? TimeProvider.System);
        return new DataverseEnvironmentFactory(this, Budgets, tokens, settings);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method, request.RequestUri!.PathAndQuery, request.Headers.ToString(), body));
        return _answers.Dequeue()(request);
    }

    private sealed class FixedOptions(DataverseSourceOptions options) : IOptionsMonitor<DataverseSourceOptions>
    {
        public DataverseSourceOptions CurrentValue => options;

        public DataverseSourceOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<DataverseSourceOptions, string?> listener) => null;
    }

    /// <summary>Gives few bytes a read, as a network may, so that tokens are cut everywhere.</summary>
    private sealed class SmallReadsStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 7)], cancellationToken);
    }
}
