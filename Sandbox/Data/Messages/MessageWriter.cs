using System.Text;

namespace DataExport.Sandbox;

/// <summary>
/// Writes the body that Dataverse posts for an asynchronous step: a <c>RemoteExecutionContext</c> in JSON, compact,
/// keys in alphabetical order, slashes escaped.
/// </summary>
internal sealed class MessageWriter(
    DataverseSandboxOptions options, RecordIds ids, Guid organizationId, PartyRows? parties)
{
    private static readonly byte[][] Names = [.. Enum.GetNames<MessageKind>().Select(Encoding.UTF8.GetBytes)];

    private static ReadOnlySpan<byte> NoDirectoryId =>
        "AzureActiveDirectoryObjectId\":\"00000000-0000-0000-0000-000000000000\","u8;

    private readonly MessageCells _cells = new(ids);
    private readonly PartyWriter? _parties = parties is null ? null : new PartyWriter(ids, parties);
    private readonly byte[] _organizationName = Encoding.UTF8.GetBytes(options.OrganizationName);
    private readonly Guid _businessUnitId = ids.BusinessUnitId;

    /// <summary>Writes a body into the empty <paramref name="buffer"/>.</summary>
    /// <returns>Whether the columns were left out, since the body would have been too large.</returns>
    public bool Write(Utf8Buffer buffer, in MessageContext context)
    {
        WriteContext(buffer, context, isTruncated: false);
        if (buffer.Length <= options.BodyBytesMax && !options.Faults.Happens(SandboxFaults.Truncated, times: 100))
        {
            return false;
        }

        buffer.Clear();
        WriteContext(buffer, context, isTruncated: true);
        return true;
    }

    private void WriteContext(Utf8Buffer buffer, in MessageContext context, bool isTruncated)
    {
        WriteHead(buffer, context);
        var sent = default(Range);
        if (!isTruncated)
        {
            sent = WriteTarget(buffer, context);
        }

        WriteMiddle(buffer, context, hasOutput: context.Kind is MessageKind.Create);
        buffer.Write("\"ParentContext\":"u8);
        if (isTruncated || !options.HasParentContext)
        {
            buffer.Write("null"u8);
        }
        else
        {
            WriteParent(buffer, context, sent);
        }

        var imageIsBefore = context.Kind is MessageKind.Delete;
        buffer.Write(",\"PostEntityImages\":["u8);
        WriteImage(buffer, context, isLeftOut: isTruncated || imageIsBefore);
        WriteRegisteredImages(buffer, context, isLeftOut: isTruncated);
        buffer.Write("],\"PreEntityImages\":["u8);
        WriteImage(buffer, context, isLeftOut: isTruncated || !imageIsBefore);
        WriteTail(buffer, context, "40"u8);
    }

    /// <summary>The same operation one stage earlier, without the columns that the platform adds.</summary>
    private void WriteParent(Utf8Buffer buffer, in MessageContext context, Range sent)
    {
        WriteHead(buffer, context);
        buffer.Repeat(sent);
        if (HasEntity(context.Kind))
        {
            buffer.TrimComma();
            WriteEntityEnd(buffer, context, hasRowVersion: false);
        }

        buffer.Write("}"u8);
        WriteMiddle(buffer, context, hasOutput: false);
        buffer.Write("\"ParentContext\":null,\"PostEntityImages\":[],\"PreEntityImages\":["u8);
        WriteTail(buffer, context, "30"u8);
    }

    private void WriteHead(Utf8Buffer buffer, in MessageContext context)
    {
        buffer.Write("{\"BusinessUnitId\":"u8);
        MessageCells.WriteQuoted(buffer, _businessUnitId);
        buffer.Write(",\"CorrelationId\":"u8);
        MessageCells.WriteQuoted(buffer, context.CorrelationId);
        buffer.Write(",\"Depth\":1,\"InitiatingUserAgent\":\"\",\"InitiatingUser"u8);
        buffer.Write(NoDirectoryId);
        buffer.Write("\"InitiatingUserId\":"u8);
        MessageCells.WriteQuoted(buffer, context.UserId);
        buffer.Write(",\"InputParameters\":["u8);
    }

    /// <summary>Writes the target and returns where what was sent stands, without what the platform added.</summary>
    private Range WriteTarget(Utf8Buffer buffer, in MessageContext context)
    {
        var begin = buffer.Length;
        if (context.Association is { } association)
        {
            AssociationWriter.Write(buffer, association);
            var all = begin..buffer.Length;
            buffer.Write("}"u8);
            return all;
        }

        buffer.Write("{\"key\":\"Target\",\"value\":"u8);
        if (!HasEntity(context.Kind))
        {
            MessageCells.WriteReference(buffer, context.Record.Id, context.Shape.Name, hasType: true);
            var reference = begin..buffer.Length;
            buffer.Write("}"u8);
            return reference;
        }

        buffer.Write("{\"__type\":\"Entity"u8);
        buffer.Write(MessageCells.Contracts);
        buffer.Write("\"Attributes\":["u8);
        var isCreate = context.Kind is MessageKind.Create;
        WriteAttributes(buffer, context, isCreate ? context.Shape.Created : context.Shape.PrimaryId, hasNulls: false);
        WriteAttributes(buffer, context, context.Sent, hasNulls: true);
        var sent = begin..buffer.Length;
        var stamps = isCreate ? context.Shape.CreatedStamps : context.Shape.UpdatedStamps;
        WriteAttributes(buffer, context, stamps, hasNulls: true);
        buffer.TrimComma();
        WriteEntityEnd(buffer, context, hasRowVersion: (context.Hash & 15) == 0);
        buffer.Write("}"u8);
        return sent;
    }

    private void WriteAttributes(
        Utf8Buffer buffer, in MessageContext context, ReadOnlySpan<int> ordinals, bool hasNulls)
    {
        foreach (var ordinal in ordinals)
        {
            var column = context.Table.All[ordinal];
            if (column.Type is SandboxColumnType.PartyList)
            {
                _parties?.Write(buffer, column, context, hasNulls);
                continue;
            }

            var cell = CellSource.Draw(context.Table, column, context.Record);
            if (hasNulls || cell.Kind is not CellKind.Null)
            {
                _cells.WriteAttribute(buffer, context.Table, column, cell);
            }
        }
    }

    private static void WriteEntityEnd(Utf8Buffer buffer, in MessageContext context, bool hasRowVersion)
    {
        buffer.Write("],\"EntityState\":null,\"FormattedValues\":[],\"Id\":"u8);
        MessageCells.WriteQuoted(buffer, context.Record.Id);
        buffer.Write(",\"KeyAttributes\":[],\"LogicalName\":\""u8);
        buffer.Write(context.Shape.Name);
        buffer.Write("\",\"RelatedEntities\":[],\"RowVersion\":"u8);
        if (hasRowVersion)
        {
            // Seen in real messages: the version that the caller had read, or the one at the transaction's end.
            // So it is older or newer than the content, and no reader may order by it.
            buffer.Write((byte)'"');
            buffer.Write(context.Record.Version + ((context.Hash & 16) == 0 ? -3 : 2));
            buffer.Write("\"}"u8);
        }
        else
        {
            buffer.Write("null}"u8);
        }
    }

    private void WriteMiddle(Utf8Buffer buffer, in MessageContext context, bool hasOutput)
    {
        buffer.Write(
            """
            ],"IsExecutingOffline":false,"IsInTransaction":false,"IsOfflinePlayback":false,"IsolationMode":1,
            """u8);
        buffer.Write("\"MessageName\":\""u8);
        buffer.Write(Names[(int)context.Kind]);
        buffer.Write("\",\"Mode\":1,\"OperationCreatedOn\":"u8);
        MessageCells.WriteDate(buffer, context.OccurredTicks, hasOffset: true);
        buffer.Write(",\"OperationId\":"u8);
        MessageCells.WriteQuoted(buffer, context.OperationId);
        buffer.Write(",\"OrganizationId\":"u8);
        MessageCells.WriteQuoted(buffer, organizationId);
        buffer.Write(",\"OrganizationName\":\""u8);
        buffer.Write(_organizationName);
        buffer.Write("\",\"OutputParameters\":["u8);
        if (hasOutput)
        {
            buffer.Write("{\"key\":\"id\",\"value\":"u8);
            MessageCells.WriteQuoted(buffer, context.Record.Id);
            buffer.Write((byte)'}');
        }

        buffer.Write("],\"OwningExtension\":"u8);
        var step = context.Step?.StepId ?? DrawnId.Of((ulong)((context.Table.Index * 8) + (int)context.Kind));
        MessageCells.WriteReference(buffer, step, "sdkmessageprocessingstep"u8, hasType: false);
        buffer.Write((byte)',');
    }

    /// <summary>The image that Dataverse adds by itself: primary id and primary name.</summary>
    private void WriteImage(Utf8Buffer buffer, in MessageContext context, bool isLeftOut)
    {
        if (isLeftOut || context.Kind > MessageKind.Delete)
        {
            return;
        }

        var table = context.Table;
        buffer.Write("{\"key\":\"AsynchronousStepPrimaryName\",\"value\":{\"Attributes\":["u8);
        WriteAttributes(buffer, context, [table.PrimaryName.Ordinal, table.PrimaryId.Ordinal], hasNulls: false);
        buffer.TrimComma();
        WriteEntityEnd(buffer, context, hasRowVersion: false);
        buffer.Write((byte)'}');
    }

    /// <summary>The images that were registered with the step, beside the automatic one.</summary>
    private void WriteRegisteredImages(Utf8Buffer buffer, in MessageContext context, bool isLeftOut)
    {
        if (isLeftOut || context.Step is not { Images.Length: > 0 } step)
        {
            return;
        }

        foreach (var image in step.Images)
        {
            buffer.Write(",{\"key\":"u8);
            buffer.Write(image.Key);
            buffer.Write(",\"value\":{\"Attributes\":["u8);

            // As in real messages, an image leaves out what is null.
            WriteAttributes(buffer, context, image.Ordinals, hasNulls: false);
            buffer.TrimComma();
            WriteEntityEnd(buffer, context, hasRowVersion: false);
            buffer.Write((byte)'}');
        }
    }

    private static void WriteTail(Utf8Buffer buffer, in MessageContext context, ReadOnlySpan<byte> stage)
    {
        buffer.Write("],\"PrimaryEntityId\":"u8);
        MessageCells.WriteQuoted(buffer, context.NamesRecord ? context.Record.Id : default);
        buffer.Write(",\"PrimaryEntityName\":\""u8);
        buffer.Write(context.NamesRecord ? context.Shape.Name : "none"u8);
        buffer.Write("\",\"RequestId\":"u8);
        MessageCells.WriteQuoted(buffer, context.RequestId);
        buffer.Write(
            """
            ,"SecondaryEntityName":"none","SharedVariables":[{"key":"IsAutoTransact","value":true}],"Stage":
            """u8);
        buffer.Write(stage);
        buffer.Write(",\"User"u8);
        buffer.Write(NoDirectoryId);
        buffer.Write("\"UserId\":"u8);
        MessageCells.WriteQuoted(buffer, context.UserId);
        buffer.Write((byte)'}');
    }

    private static bool HasEntity(MessageKind kind) => kind is MessageKind.Create or MessageKind.Update;
}
