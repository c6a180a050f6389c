using System.Buffers;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>One record.</summary>
internal sealed class RecordAnswer(RowPlan plan, SandboxRecord record) : ApiAnswer
{
    public override bool WriteSome(IBufferWriter<byte> output)
    {
        var buffer = new Utf8Buffer();
        buffer.Write(Encoding.UTF8.GetBytes($"{{\"@odata.context\":\"{plan.Context}/$entity\","));
        plan.WriteMembers(buffer, record);
        buffer.Write((byte)'}');
        buffer.Flush(output);
        return false;
    }
}
