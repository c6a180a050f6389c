using System.Net.Security;

namespace DataExport.ServiceBus;

/// <summary>Limits and times of a <see cref="ServiceBusClient"/>.</summary>
public sealed class ServiceBusClientOptions
{
    /// <summary>Name that the service's logs show for this client; unique when left out.</summary>
    public string? Identifier { get; set; }

    /// <summary>How long a connect, an attach, a settlement or a management call may take. Default 60 s.</summary>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The connection is given up when nothing came for this long. Default 60 s.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>First wait before a reconnect; it doubles with every failure. Default 0.1 s.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait before a reconnect. Default 30 s.</summary>
    public TimeSpan ReconnectDelayMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest wait after the service has said that it is busy. Default 10 s.</summary>
    public TimeSpan BusyDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Life of a token made from the key; it is renewed at three quarters. Default 1 h.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Largest message that is taken in, in bytes as encoded. Default 16 MiB.</summary>
    public int MessageBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// The peer speaks AMQP 1.0 and knows nothing of Service Bus: rule name and key go by SASL PLAIN, no token is put,
    /// and deliveries are settled in the mode that every broker has. For the suites that run on such brokers; no lock
    /// can be renewed there.
    /// </summary>
    internal bool SpeaksPlainAmqp { get; set; }

    /// <summary>Takes the place of the system's word on the service's certificate, for tests.</summary>
    internal RemoteCertificateValidationCallback? CertificateValidation { get; set; }
}
