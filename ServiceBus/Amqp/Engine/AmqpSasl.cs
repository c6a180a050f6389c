using System.Text;

namespace DataExport.ServiceBus.Amqp;

/// <summary>How a client names itself before the connection opens: a mechanism, and what is sent with it.</summary>
internal sealed class AmqpSasl
{
    public const string CbsMechanism = "MSSBCBS";
    public const string AnonymousMechanism = "ANONYMOUS";
    public const string PlainMechanism = "PLAIN";

    private AmqpSasl(string mechanism, byte[]? response = null) => (Mechanism, Response) = (mechanism, response);

    /// <summary>
    /// "Anonymous, I shall use $cbs": what the service's own SDKs send. Where it is not offered it is sent in the
    /// words that every AMQP 1.0 broker knows.
    /// </summary>
    public static AmqpSasl Cbs { get; } = new(CbsMechanism);

    public static AmqpSasl Anonymous { get; } = new(AnonymousMechanism);

    public string Mechanism { get; }

    /// <summary>The initial response, or null for none. It may hold the password.</summary>
    public byte[]? Response { get; }

    /// <summary>User and password (RFC 4616). To be sent over TLS or loopback alone.</summary>
    public static AmqpSasl Plain(string user, string password) =>
        new(PlainMechanism, Encoding.UTF8.GetBytes($"\0{user}\0{password}"));

    /// <summary>What to send to a peer that offers these mechanisms.</summary>
    /// <exception cref="AmqpProtocolException">It offers none that fits.</exception>
    public AmqpSasl ChooseFrom(string[] offered)
    {
        if (Array.IndexOf(offered, Mechanism) >= 0)
        {
            return this;
        }

        return Mechanism == CbsMechanism && Array.IndexOf(offered, AnonymousMechanism) >= 0
            ? Anonymous
            : throw new AmqpProtocolException(
                AmqpCondition.UnauthorizedAccess,
                $"The peer offers {string.Join(", ", offered)}, which does not include {Mechanism}.");
    }
}
