using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>Finds what a peer wants to attach to.</summary>
internal sealed class NamespaceNodes(ServiceBusNamespace owner) : IAmqpBroker
{
    /// <summary>The filter of a receiver's source that names a session, or with null asks for any.</summary>
    public const string SessionFilter = "com.microsoft:session-filter";

    private const string Cbs = "$cbs";
    private const string Management = "/$management";
    private const string AttachTimeout = "com.microsoft:timeout";
    private static readonly TimeSpan _acceptWaitDefault = TimeSpan.FromSeconds(60);
    private readonly RequestNodes _requests = new();

    public void OnAttach(AmqpAttachRequest request)
    {
        var address = request.Address.TrimStart('/');
        if (address.Equals(Cbs, StringComparison.OrdinalIgnoreCase))
        {
            AttachRequests(request, Cbs, ManagementAnswers.AnswerToken);
            return;
        }

        var isManagement = address.EndsWith(Management, StringComparison.OrdinalIgnoreCase);
        if (owner.Resolve(isManagement ? address[..^Management.Length] : address) is not { } queue)
        {
            request.Refuse(new AmqpError(
                AmqpCondition.NotFound, $"The messaging entity '{address}' could not be found."));
        }
        else if (isManagement)
        {
            AttachRequests(
                request, queue.Name + Management, asked => ManagementAnswers.Answer(queue, asked));
        }
        else if (request.PeerReceives)
        {
            AttachReceiver(request, queue);
        }
        else
        {
            AttachSender(request, queue);
        }
    }

    private void AttachRequests(AmqpAttachRequest request, string node, Func<AmqpExchange, AmqpExchange> answer)
    {
        if (request.PeerReceives)
        {
            _requests.AcceptReplies(request, node);
        }
        else
        {
            _requests.AcceptRequests(request, node, answer);
        }
    }

    private static void AttachSender(AmqpAttachRequest request, SandboxQueue queue)
    {
        if (queue.DeadLetters is null)
        {
            request.Refuse(new AmqpError(
                AmqpCondition.NotAllowed, "Nothing is sent to a dead-letter queue: messages are moved there."));
        }
        else
        {
            request.AcceptSender(new QueueProducer(queue), QueueProducer.Credit);
        }
    }

    private static void AttachReceiver(AmqpAttachRequest request, SandboxQueue queue)
    {
        object? wanted = null;
        var filters = request.Remote.Source?.ReadFilters();
        var wantsSession = filters is not null && filters.TryGetValue(SessionFilter, out wanted);
        if (wantsSession != queue.RequiresSessions)
        {
            request.Refuse(new AmqpError(AmqpCondition.NotAllowed, queue.RequiresSessions
                ? "An entity that requires sessions has no receivers without one."
                : "An entity that does not require sessions has no receivers of one."));
        }
        else if (!wantsSession)
        {
            var consumer = new QueueConsumer(queue, request.WantsSettled);
            queue.AddConsumer(consumer);
            request.AcceptReceiver(consumer);
        }
        else
        {
            AttachSession(request, queue, wanted is AmqpDescribed described ? described.Value : wanted);
        }
    }

    private static void AttachSession(AmqpAttachRequest request, SandboxQueue queue, object? wanted)
    {
        switch (wanted)
        {
            case null:
                queue.AcceptNextSession(request, WaitOf(request));
                break;
            case string or AmqpSymbol:
                queue.AcceptSession(request, wanted.ToString()!);
                break;
            default:
                request.Refuse(new AmqpError(AmqpCondition.InvalidField, "A session's id is a string."));
                break;
        }
    }

    private static TimeSpan WaitOf(AmqpAttachRequest request) =>
        ManagementRequest.ToLong(request.Remote.Properties?.GetValueOrDefault(AttachTimeout)) is { } milliseconds
            ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 1, int.MaxValue))
            : _acceptWaitDefault;
}
