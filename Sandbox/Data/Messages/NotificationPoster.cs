namespace DataExport.Sandbox;

/// <summary>Makes a notification of a change and hands it to the sink.</summary>
internal sealed class NotificationPoster(MessageWriter writer, DataverseSandbox sandbox, INotificationSink? sink)
{
    private const int Users = 50;
    private const string NoTable = "none";

    private static readonly string[] Names = Enum.GetNames<MessageKind>();

    // A body is valid during the post only, so each thread has one buffer for all its bodies.
    [ThreadStatic]
    private static Utf8Buffer? s_buffer;

    private readonly MessageShape[] _shapes = [.. sandbox.Tables.Select(table => new MessageShape(table))];
    private readonly int _users = sandbox.Ids.TableNamed("systemuser");

    public MessageShape ShapeOf(SandboxTable table) => _shapes[table.Index];

    public void Post(SandboxTable table, MessageKind kind, in SandboxRecord record, ReadOnlySpan<int> sent)
    {
        if (!IsWanted(table, kind))
        {
            return;
        }

        var hash = HashOf(record.Version);
        Post(new MessageContext
        {
            Table = table,
            Shape = _shapes[table.Index],
            Kind = kind,
            Record = record,
            Sent = sent,
            Parties = HasParties(table, kind, sent) ? sandbox.Parties!.Of(record.Id) : null,
            Hash = hash,
            OccurredTicks = HasEntity(kind) ? record.ModifiedOn.Ticks : Now(),
            UserId = User(table, kind, record, hash),
        });
    }

    /// <summary>Posts that a record was joined with others or parted from them.</summary>
    public void Post(MessageKind kind, Association association, in SandboxRecord record, long version)
    {
        if (!IsWanted(association.Target, kind))
        {
            return;
        }

        var hash = HashOf(version);
        Post(new MessageContext
        {
            Table = association.Target,
            Shape = _shapes[association.Target.Index],
            Kind = kind,
            Record = record,
            Association = association,
            Hash = hash,
            OccurredTicks = Now(),
            UserId = sandbox.Ids.IdOf(_users, (uint)Mixer.Below(hash, Users)),
        });
    }

    /// <summary>Whether anybody takes such a change: otherwise nothing is spent on it.</summary>
    private bool IsWanted(SandboxTable table, MessageKind kind) => sink is not null
        && (Registration.PostsAll || Registration.Routing.For(table, kind).Length > 0);

    /// <summary>Steps without images share one body; each of the others gets one of its own.</summary>
    private void Post(in MessageContext context)
    {
        var routes = Registration.Routing.For(context.Table, context.Kind);
        var isForAll = Registration.PostsAll;
        var shared = StepRouting.Shared(routes, context.Sent);
        if (isForAll || shared.Length > 0)
        {
            Post(shared.Length > 0 ? context with { Step = shared[0] } : context, shared, isForAll);
        }

        foreach (var route in routes)
        {
            if (route.Images.Length > 0 && route.Takes(context.Sent))
            {
                Post(context with { Step = route }, route.Alone, isForAll: false);
            }
        }
    }

    private void Post(in MessageContext context, StepRoute[] routes, bool isForAll)
    {
        var buffer = s_buffer ??= new Utf8Buffer();
        buffer.Clear();
        var committed = sandbox.Clock.GetTimestamp();
        var isTruncated = writer.Write(buffer, context);
        sink!.Post(new Notification
        {
            Body = buffer.WrittenMemory,
            Table = context.NamesRecord ? context.Table.Name : NoTable,
            MessageName = Names[(int)context.Kind],
            Organization = sandbox.Options.OrganizationHost,
            UserId = context.UserId,
            IsTruncated = isTruncated,
            OperationId = context.OperationId,
            CorrelationId = context.CorrelationId,
            RecordId = context.Record.Id,
            Version = context.Record.Version,
            CommittedTimestamp = committed,
            Routes = routes,
            IsForAll = isForAll,
        });
    }

    private SandboxRegistration Registration => sandbox.Registration;

    private ulong HashOf(long version) => Mixer.Mix((ulong)(uint)sandbox.Model.Seed, (ulong)version);

    /// <summary>The user who did it: the one in <c>modifiedby</c>, where there is one.</summary>
    private Guid User(SandboxTable table, MessageKind kind, in SandboxRecord record, ulong hash)
    {
        if (HasEntity(kind) && _shapes[table.Index].ModifiedBy is { } column)
        {
            var user = CellSource.Draw(table, table.All[column], record);
            if (user.Kind is not CellKind.Null)
            {
                return user.Kind is CellKind.Reference ? user.Id : sandbox.Ids.IdOf(_users, (uint)user.Number);
            }
        }

        return sandbox.Ids.IdOf(_users, (uint)Mixer.Below(hash, Users));
    }

    private static bool HasParties(SandboxTable table, MessageKind kind, ReadOnlySpan<int> sent) =>
        table.PartyLists.Length > 0
        && (kind is MessageKind.Create || sent.ContainsAny(table.PartyLists));

    private static bool HasEntity(MessageKind kind) => kind is MessageKind.Create or MessageKind.Update;

    private long Now() =>
        RecordTime.FromSeconds(RecordTime.ToSeconds(sandbox.Clock.GetUtcNow())).Ticks;
}
