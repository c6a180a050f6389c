using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Registration;

/// <summary>What is done with one wanted step.</summary>
/// <param name="Wanted">The step as it is to be.</param>
/// <param name="Existing">The step that is there: ours, or one of another that does the same.</param>
/// <param name="IsOurs">Whether the profile created it, or will.</param>
/// <param name="Fault">Why ours has to be changed; <see langword="null"/> if it need not be.</param>
internal sealed record StepDecision(WantedStep Wanted, StepAnswer? Existing, bool IsOurs, string? Fault)
{
    /// <summary>The image of ours that is there.</summary>
    public ImageAnswer? Image { get; init; }

    /// <summary>Why the image has to be created, changed or removed.</summary>
    public string? ImageFault { get; init; }

    /// <summary>In words, or <see langword="null"/> if nothing is done.</summary>
    public string? Words => Existing is null ? $"Step '{Wanted.Name}' is created."
        : (Fault ?? ImageFault) is { } fault ? $"Step '{Wanted.Name}' is changed: {fault}."
        : null;
}

/// <summary>Decides what is created, changed and removed. Pure.</summary>
internal sealed class RegistrationDecision
{
    /// <summary>Compares what is wanted with what is there.</summary>
    public RegistrationDecision(RegistrationRequest request, RegisteredNow now, WantedSteps wanted)
    {
        Now = now;
        EndpointFault = FaultOf(request, now.Own);
        var ours = new Dictionary<string, Queue<StepAnswer>>(StringComparer.Ordinal);
        foreach (var step in now.Steps)
        {
            if (RegisteredNow.OwnNameOf(request, step) is { } name)
            {
                (ours.TryGetValue(name, out var same) ? same : ours[name] = []).Enqueue(step);
            }
        }

        Steps = [.. wanted.Steps.Select(step => Decide(request, step, ours.GetValueOrDefault(step.Name)))];
        Removed = [.. ours.Values.SelectMany(static left => left)];
        Plan = new RegistrationPlan([.. ChangesOf(request)], [.. ReusedOf()], wanted.Warnings);
    }

    /// <summary>What is there.</summary>
    public RegisteredNow Now { get; }

    /// <summary>Why our endpoint has to be changed; <see langword="null"/> if it need not be.</summary>
    public string? EndpointFault { get; }

    /// <summary>One decision a wanted step.</summary>
    public IReadOnlyList<StepDecision> Steps { get; }

    /// <summary>Steps of ours that nobody wants any more, or that stand there twice.</summary>
    public IReadOnlyList<StepAnswer> Removed { get; }

    /// <summary>All of it in words.</summary>
    public RegistrationPlan Plan { get; }

    private static string? FaultOf(RegistrationRequest request, EndpointAnswer? own) => own is null ? null
        : !RegisteredNow.Fits(request, own) ? "it posts elsewhere or in another form"
        : own.AuthType is not RegistrationCodes.SasKey || own.KeyName != request.Endpoint.KeyName
            ? "it posts with another key"
        : null;

    private StepDecision Decide(RegistrationRequest request, WantedStep wanted, Queue<StepAnswer>? ours)
    {
        if (ours is not null && ours.TryDequeue(out var own))
        {
            var image = Now.Images.FirstOrDefault(each => each.StepId == own.Id);
            return new StepDecision(wanted, own, IsOurs: true, wanted.Fault(own, Now.Endpoint?.Id))
            {
                Image = image,
                ImageFault = ImageFaultOf(wanted, image),
            };
        }

        var others = Now.Endpoint is { } endpoint
            ? Now.Steps.FirstOrDefault(step => RegisteredNow.OwnNameOf(request, step) is null
                && wanted.IsDoneBy(step, endpoint.Id))
            : null;
        return new StepDecision(wanted, others, IsOurs: others is null, Fault: null);
    }

    private static string? ImageFaultOf(WantedStep wanted, ImageAnswer? image) => (wanted.ImageColumns, image) switch
    {
        (null, null) => null,
        (null, _) => "its image is no longer needed",
        (_, null) => "its image is missing",
        _ => wanted.Fault(image),
    };

    private IEnumerable<string> ChangesOf(RegistrationRequest request)
    {
        if (Now.Endpoint is null)
        {
            yield return $"Service endpoint '{RegistrationCodes.NameOf(request.ProfileId)}' is created for the "
                + $"{(request.Endpoint.IsTopic ? "topic" : "queue")} {request.Endpoint}.";
        }
        else if (EndpointFault is not null)
        {
            yield return $"Service endpoint '{Now.Endpoint.Name}' is changed: {EndpointFault}.";
        }

        foreach (var step in Steps)
        {
            if (step.Words is { } words)
            {
                yield return words;
            }
        }

        foreach (var step in Removed)
        {
            yield return $"Step '{step.Name}' is removed: no table of the profile needs it.";
        }
    }

    private IEnumerable<string> ReusedOf()
    {
        if (Now.Shared is { } shared)
        {
            yield return $"Service endpoint '{shared.Name}' is used as it is.";
        }

        foreach (var step in Steps)
        {
            if (step is { IsOurs: false, Existing: { } existing })
            {
                yield return $"Step '{existing.Name}' is used as it is.";
            }
        }
    }
}
