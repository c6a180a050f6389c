namespace DataExport.ServiceBus.Amqp;

/// <summary>What stands behind an <see cref="AmqpListener"/>: nodes that peers attach links to.</summary>
internal interface IAmqpBroker
{
    /// <summary>
    /// A peer wants a link. Accept or refuse it before this returns. Called on the connection's reader, so that
    /// what the peer has sent behind its attach is taken after the answer.
    /// </summary>
    void OnAttach(AmqpAttachRequest request);
}
