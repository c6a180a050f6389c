using System.Buffers;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>A list of rows. The links come last, since only then it is known what follows.</summary>
internal abstract class PageAnswer(RowPlan plan) : ApiAnswer
{
    protected const int RowsAtOnce = 32;

    // What a call writes is handed over before it returns, so each thread has one buffer for all pages.
    [ThreadStatic]
    private static Utf8Buffer? s_buffer;

    private bool _isBegun;
    private bool _hasItems;

    protected RowPlan Plan => plan;

    /// <summary>Members about the answer as a whole, each with a comma behind it.</summary>
    protected virtual string Annotations => "";

    /// <summary>What the context ends with.</summary>
    protected virtual string ContextSuffix => "";

    public override bool WriteSome(IBufferWriter<byte> output)
    {
        var buffer = s_buffer ??= new Utf8Buffer();
        buffer.Clear();
        if (!_isBegun)
        {
            _isBegun = true;
            WriteText(buffer, $"{{\"@odata.context\":\"{plan.Context}{ContextSuffix}\",{Annotations}\"value\":[");
        }

        var hasMore = WriteItems(buffer);
        if (!hasMore)
        {
            buffer.Write((byte)']');
            WriteLinks(buffer);
            buffer.Write((byte)'}');
        }

        buffer.Flush(output);
        return hasMore;
    }

    /// <summary>Writes the next items.</summary>
    /// <returns>Whether the page has more.</returns>
    protected abstract bool WriteItems(Utf8Buffer buffer);

    /// <summary>Writes what follows the items, each member with a comma before it.</summary>
    protected virtual void WriteLinks(Utf8Buffer buffer)
    {
    }

    protected void WriteRow(Utf8Buffer buffer, in SandboxRecord record)
    {
        BeginItem(buffer);
        plan.WriteMembers(buffer, record);
        buffer.Write((byte)'}');
    }

    protected void WriteDeletion(Utf8Buffer buffer, in SandboxRecord record)
    {
        BeginItem(buffer);
        WriteText(
            buffer,
            $"\"@odata.context\":\"{plan.BaseAddress}$metadata#{plan.Table.EntitySetName}/$deletedEntity\",\"id\":\"");
        buffer.Write(record.Id);
        buffer.Write("\",\"reason\":\"deleted\"}"u8);
    }

    protected void WriteLink(Utf8Buffer buffer, string name, string option, string token) =>
        WriteText(buffer, $",\"@odata.{name}\":\"{plan.Link(option, token)}\"");

    private void BeginItem(Utf8Buffer buffer)
    {
        buffer.Write(_hasItems ? ",{"u8 : "{"u8);
        _hasItems = true;
    }

    private static void WriteText(Utf8Buffer buffer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text, buffer.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
        buffer.Advance(bytes);
    }
}
