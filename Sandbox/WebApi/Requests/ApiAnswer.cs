using System.Buffers;
using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>An answer of the Web API, written piece by piece so that a large page needs no large buffer.</summary>
internal abstract class ApiAnswer
{
    public virtual int Status => 200;

    public virtual string ContentType => "application/json; odata.metadata=minimal";

    /// <summary>The <c>Preference-Applied</c> header.</summary>
    public string? PreferenceApplied { get; init; }

    /// <summary>The <c>Retry-After</c> header in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The <c>OData-EntityId</c> header: the address of what was created.</summary>
    public string? EntityId { get; init; }

    /// <summary>Writes the next piece.</summary>
    /// <returns>Whether more is to come.</returns>
    public abstract bool WriteSome(IBufferWriter<byte> output);
}

/// <summary>A small JSON answer.</summary>
internal sealed class JsonAnswer(int status, Action<Utf8JsonWriter> write) : ApiAnswer
{
    public override int Status => status;

    public override bool WriteSome(IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        write(writer);
        return false;
    }

    /// <summary>An error as Dataverse words it.</summary>
    public static JsonAnswer Error(int status, string code, string message, int? retryAfterSeconds = null)
    {
        return new JsonAnswer(status, Write) { RetryAfterSeconds = retryAfterSeconds };

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteString(
                "@Microsoft.PowerApps.CDS.HelpLink",
                "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a"
                + $"{code[2..]}&client=platform");
            writer.WriteString("@Microsoft.PowerApps.CDS.InnerError.Message", message);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }
}
