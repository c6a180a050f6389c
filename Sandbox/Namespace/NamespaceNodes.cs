using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>Finds what a peer wants to attach to.</summary>
internal sealed class NamespaceNodes(ServiceBusNamespace owner) : IAmqpBroker
{
    private const string Cbs = "$cbs";
    private const string Management = "/$management";
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
        else
        {
            AttachQueue(request, queue);
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

    private static void AttachQueue(AmqpAttachRequest request, SandboxQueue queue)
    {
        if (!request.PeerReceives)
        {
            request.AcceptSender(new QueueProducer(queue), QueueProducer.Credit);
            return;
        }

        const byte settled = 1;
        var consumer = new QueueConsumer(queue, request.Remote.SenderSettleMode == settled);
        queue.AddConsumer(consumer);
        request.AcceptReceiver(consumer);
    }
}
