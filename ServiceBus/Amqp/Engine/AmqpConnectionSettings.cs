namespace DataExport.ServiceBus.Amqp;

/// <summary>Limits and times of one connection, either side.</summary>
internal sealed record AmqpConnectionSettings
{
    public required string ContainerId { get; init; }

    /// <summary>The peer's name, which it routes by.</summary>
    public string? HostName { get; init; }

    /// <summary>How a client names itself. A listener does not read it.</summary>
    public AmqpSasl Sasl { get; init; } = AmqpSasl.Cbs;

    /// <summary>Largest frame that is taken and sent. The service's own SDKs keep to 64 KiB.</summary>
    public int FrameBytesMax { get; init; } = 65_536;

    /// <summary>The connection is given up when nothing came for this long.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    public ushort ChannelMax { get; init; } = 4_999;

    public uint HandleMax { get; init; } = 255;

    /// <summary>Incoming window of a session that the peer begins.</summary>
    public uint PeerSessionWindow { get; init; } = 5_000;

    /// <summary>Bytes waiting to be written above which no more transfers are taken.</summary>
    public int OutputBytesMax { get; init; } = 256 * 1024;

    /// <summary>Input buffer; one read takes at most this much. At least two frames.</summary>
    public int InputBytes { get; init; } = 256 * 1024;

    /// <summary>How long a close waits for the peer's answer.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);
}
