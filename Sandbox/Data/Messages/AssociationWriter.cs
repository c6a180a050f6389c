using System.Text;

namespace DataExport.Sandbox;

/// <summary>Writes the parameters of Associate and Disassociate.</summary>
internal static class AssociationWriter
{
    /// <summary>Writes target, relationship and related records; the last closing brace is the caller's.</summary>
    public static void Write(Utf8Buffer buffer, Association association)
    {
        buffer.Write("{\"key\":\"Target\",\"value\":"u8);
        MessageCells.WriteReference(buffer, association.TargetId, Utf8(association.Target.Name), hasType: true);
        buffer.Write("},{\"key\":\"Relationship\",\"value\":{\"__type\":\"Relationship"u8);
        buffer.Write(MessageCells.Contracts);
        buffer.Write("\"PrimaryEntityRole\":null,\"SchemaName\":\""u8);
        buffer.Write(Utf8(association.Relationship.SchemaName));
        buffer.Write("\"}},{\"key\":\"RelatedEntities\",\"value\":["u8);
        var table = Utf8(association.RelatedTable);
        foreach (var id in association.Related)
        {
            MessageCells.WriteReference(buffer, id, table, hasType: true);
            buffer.Write((byte)',');
        }

        buffer.TrimComma();
        buffer.Write((byte)']');
    }

    private static byte[] Utf8(string name) => Encoding.UTF8.GetBytes(name);
}
