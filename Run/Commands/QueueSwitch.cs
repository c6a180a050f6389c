using System.Globalization;
using DataExport.Sandbox;

namespace DataExport.Run.Commands;

/// <summary>A <c>--queue</c>: a name, and settings after colons, such as <c>orders:session:lock=5s</c>.</summary>
internal static class QueueSwitch
{
    private const string Registered = "registered";

    /// <summary>For the help of the switch.</summary>
    public const string Syntax =
        "NAME[:session][:registered][:lock=SECONDS][:max-delivery=N][:ttl=SECONDS][:dead-letter-expired]";

    /// <summary>Whether it gets only what registered steps post to it.</summary>
    public static bool IsRegistered(string text) => text.Split(':').Skip(1).Contains(Registered);

    /// <summary>Reads one. Null, with what is wrong, when it is none.</summary>
    public static (string Name, SandboxQueueOptions Options)? TryRead(string text, out string fault)
    {
        var parts = text.Split(':');
        var options = new SandboxQueueOptions();
        fault = parts[0].Length == 0 ? $"--queue {text} has no name. It is {Syntax}." : "";
        foreach (var setting in parts.AsSpan(1))
        {
            if (!TryApply(setting, options))
            {
                fault = $"--queue {text}: '{setting}' is no setting of a queue. It is {Syntax}.";
            }
        }

        return fault.Length == 0 ? (parts[0], options) : null;
    }

    private static bool TryApply(string setting, SandboxQueueOptions options)
    {
        var (name, value) = setting.IndexOf('=', StringComparison.Ordinal) is var at and >= 0
            ? (setting[..at], setting[(at + 1)..])
            : (setting, "");
        switch (name)
        {
            case Registered when value.Length == 0:
                return true;
            case "session" when value.Length == 0:
                options.RequiresSessions = true;
                return true;
            case "dead-letter-expired" when value.Length == 0:
                options.DeadLettersExpired = true;
                return true;
            case "lock" when TryReadSeconds(value, out var duration):
                options.LockDuration = duration;
                return true;
            case "ttl" when TryReadSeconds(value, out var life):
                options.DefaultTimeToLive = life;
                return true;
            case "max-delivery" when int.TryParse(value, CultureInfo.InvariantCulture, out var count) && count > 0:
                options.DeliveryCountMax = count;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Seconds, with or without an s behind them: more than none, at most a year.</summary>
    private static bool TryReadSeconds(string text, out TimeSpan span)
    {
        const double yearSeconds = 366 * 24 * 3600;
        var isNumber = double.TryParse(
            text.EndsWith('s') ? text[..^1] : text, CultureInfo.InvariantCulture, out var seconds);
        span = isNumber && seconds is >= 0.001 and <= yearSeconds ? TimeSpan.FromSeconds(seconds) : default;
        return span > TimeSpan.Zero;
    }
}
