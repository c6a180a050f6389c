using System.Net.Http.Headers;
using System.Text;

namespace DataExport.Dataverse.WebApi;

/// <summary>Writes a <c>$batch</c> of reads.</summary>
internal sealed class BatchRequest
{
    private readonly string _boundary = $"batch_{Guid.NewGuid():N}";
    private readonly StringBuilder _text = new();

    /// <summary>How many reads it has.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a read; its answer stands at the same place of the batch's answer.</summary>
    public void AddGet(string request)
    {
        _ = _text.Append("--").Append(_boundary).Append("\r\n")
            .Append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
            .Append("GET ").Append(EnvironmentAddress.PathOf(request)).Append(" HTTP/1.1\r\n")
            .Append("Accept: application/json\r\n")
            .Append("Prefer: ").Append(WebApiClient.LookupAnnotations).Append("\r\n\r\n\r\n");
        Count++;
    }

    /// <summary>The request for the batch.</summary>
    public HttpRequestMessage ToMessage(EnvironmentAddress address)
    {
        _ = _text.Append("--").Append(_boundary).Append("--\r\n");
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(_text.ToString()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/mixed; boundary={_boundary}");
        var message = new HttpRequestMessage(HttpMethod.Post, address.Of("$batch")) { Content = content };

        // One table that cannot be read must not keep the answers of the others back.
        _ = message.Headers.TryAddWithoutValidation("Prefer", "odata.continue-on-error");
        return message;
    }
}
