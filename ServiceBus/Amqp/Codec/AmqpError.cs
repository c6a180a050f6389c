using System.Globalization;

namespace DataExport.ServiceBus.Amqp;

/// <summary>An AMQP error: why a link, session or connection ended, or a delivery was refused.</summary>
/// <param name="Condition">Symbol such as <c>amqp:not-found</c>; see <see cref="AmqpCondition"/>.</param>
/// <param name="Description">Text for people, or null.</param>
public sealed record AmqpError(string Condition, string? Description = null)
{
    /// <summary>Further values by name, or null.</summary>
    internal Dictionary<object, object?>? Info { get; init; }

    public override string ToString() =>
        Description is null ? Condition : string.Create(CultureInfo.InvariantCulture, $"{Condition}: {Description}");

    internal static AmqpError? Read(ref AmqpReader reader)
    {
        var start = reader.Position;
        if (reader.ReadDescriptor() != AmqpDescriptor.Error)
        {
            throw new AmqpDecodeException(start, "Expected an error");
        }

        var fields = reader.ReadFields();
        return new AmqpError(fields.RequiredText("condition"), fields.Text()) { Info = fields.Map() };
    }

    internal void Write(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Error);
        var mark = buffer.BeginList();
        buffer.WriteSymbol(Condition);
        buffer.WriteStringOrNull(Description);
        if (Info is not null)
        {
            WriteInfo(buffer, Info);
        }

        buffer.EndCompound(mark, Info is null ? 2 : 3);
    }

    private static void WriteInfo(AmqpBuffer buffer, Dictionary<object, object?> info)
    {
        var mark = buffer.BeginMap();
        foreach (var (key, value) in info)
        {
            // The type is "fields": a map whose keys are symbols.
            buffer.WriteSymbol(key.ToString() ?? "");
            buffer.WriteObject(value);
        }

        buffer.EndCompound(mark, info.Count * 2);
    }
}
