namespace DataExport.Sandbox;

/// <summary>Makes a notification of a change and hands it to the sink.</summary>
internal sealed class NotificationPoster(
    MessageWriter writer,
    DataverseSandboxOptions options,
    RecordIds ids,
    SandboxTable[] tables,
    INotificationSink? sink)
{
    private const int Users = 50;

    private static readonly string[] Names = Enum.GetNames<MessageKind>();

    // A body is valid during the post only, so each thread has one buffer for all its bodies.
    [ThreadStatic]
    private static Utf8Buffer? s_buffer;

    private readonly MessageShape[] _shapes = [.. tables.Select(table => new MessageShape(table))];

    public MessageShape ShapeOf(SandboxTable table) => _shapes[table.Index];

    public void Post(
        SandboxTable table, MessageKind kind, in SandboxRecord record, ReadOnlySpan<int> sent, TimeProvider clock)
    {
        if (sink is null)
        {
            return;
        }

        var shape = _shapes[table.Index];
        var hash = Mixer.Mix((ulong)(uint)options.Seed, (ulong)record.Version);
        var context = new MessageContext
        {
            Table = table,
            Shape = shape,
            Kind = kind,
            Record = record,
            Sent = sent,
            Hash = hash,
            OccurredTicks = HasEntity(kind) ? record.ModifiedOn.Ticks : Now(clock),
            UserId = ids.IdOf(RecordIds.SystemUser, User(table, kind, record, hash)),
        };
        Post(context, clock.GetTimestamp());
    }

    private void Post(in MessageContext context, long committed)
    {
        var buffer = s_buffer ??= new Utf8Buffer();
        buffer.Clear();
        var isTruncated = writer.Write(buffer, context);
        sink!.Post(new Notification
        {
            Body = buffer.WrittenMemory,
            Table = context.Table.Name,
            MessageName = Names[(int)context.Kind],
            Organization = options.OrganizationHost,
            UserId = context.UserId,
            IsTruncated = isTruncated,
            OperationId = context.OperationId,
            CorrelationId = context.CorrelationId,
            RecordId = context.Record.Id,
            Version = context.Record.Version,
            CommittedTimestamp = committed,
        });
    }

    /// <summary>The user who did it: the one in <c>modifiedby</c>, where there is one.</summary>
    private uint User(SandboxTable table, MessageKind kind, in SandboxRecord record, ulong hash) => HasEntity(kind)
        ? (uint)CellSource.Draw(table, table.All[_shapes[table.Index].ModifiedBy], record).Number
        : (uint)Mixer.Below(hash, Users);

    private static bool HasEntity(MessageKind kind) => kind is MessageKind.Create or MessageKind.Update;

    private static long Now(TimeProvider clock) =>
        RecordTime.FromSeconds(RecordTime.ToSeconds(clock.GetUtcNow())).Ticks;
}
