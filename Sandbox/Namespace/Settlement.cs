using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>What a receiver wants done with a message, whichever way it says so.</summary>
internal readonly record struct Settlement(SettlementKind Kind)
{
    public static Settlement Complete => new(SettlementKind.Complete);

    public static Settlement Abandon => new(SettlementKind.Abandon);

    public static Settlement Release => new(SettlementKind.Release);

    public string? Reason { get; init; }

    public string? Description { get; init; }

    /// <summary>Application properties to set, or null.</summary>
    public Dictionary<string, object?>? Properties { get; init; }

    public static Settlement DeadLetter(string? reason, string? description) =>
        new(SettlementKind.DeadLetter) { Reason = reason, Description = description };

    public static Settlement From(AmqpOutcome outcome) => outcome.Kind switch
    {
        AmqpOutcomeKind.Accepted => Complete,
        AmqpOutcomeKind.Released => Release,
        AmqpOutcomeKind.Rejected => FromRejection(outcome.Error),
        AmqpOutcomeKind.Modified => new Settlement(
            outcome.UndeliverableHere ? SettlementKind.Defer : SettlementKind.Abandon)
        {
            Properties = AmqpMaps.ByName(outcome.Annotations),
        },
        _ => Abandon,
    };

    /// <summary>Whether all properties have types that AMQP allows there.</summary>
    public bool HasValidProperties() => Properties is null || Properties.Values.All(value =>
        IsValid(value is AmqpDescribed described ? described.Value : value));

    private static bool IsValid(object? value) => value
        is null or string or AmqpSymbol or AmqpChar or AmqpDecimal or Guid or DateTimeOffset or byte[]
        || value.GetType().IsPrimitive;

    private static Settlement FromRejection(AmqpError? error)
    {
        const string reasonKey = "DeadLetterReason";
        const string descriptionKey = "DeadLetterErrorDescription";
        var properties = AmqpMaps.ByName(error?.Info);
        var reason = properties?.GetValueOrDefault(reasonKey)?.ToString();
        var description = properties?.GetValueOrDefault(descriptionKey)?.ToString();
        properties?.Remove(reasonKey);
        properties?.Remove(descriptionKey);

        // A peer that knows nothing of Service Bus says why it rejects in the error itself.
        var isPlain = error?.Condition != AmqpCondition.DeadLetter;
        return new Settlement(SettlementKind.DeadLetter)
        {
            Reason = reason ?? (isPlain ? error?.Condition : null),
            Description = description ?? (isPlain ? error?.Description : null),
            Properties = properties,
        };
    }
}
