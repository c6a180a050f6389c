using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Registration;

/// <summary>Service endpoints and steps of a Dataverse environment, through its Web API.</summary>
internal sealed class DataverseRegistration(WebApiClient web) : ISourceRegistration
{
    private const int StepsInFilterMax = 100;

    private readonly RegistrationClient _client = new(web);

    /// <inheritdoc/>
    public async Task<RegistrationPlan> PlanAsync(RegistrationRequest request, CancellationToken cancellationToken) =>
        (await DecideAsync(request, cancellationToken)).Plan;

    /// <inheritdoc/>
    public async Task<RegistrationResult> ApplyAsync(
        RegistrationRequest request, CancellationToken cancellationToken)
    {
        var decision = await DecideAsync(request, cancellationToken);
        var created = new ConcurrentBag<RegisteredComponent>();
        var endpointId = await ApplyEndpointAsync(request, decision, created, cancellationToken);
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _client.WritesMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(decision.Steps.Where(static step => step.IsOurs), parallel, async (step, token) =>
            created.Add(new RegisteredComponent(
                RegisteredKind.Step, await ApplyStepAsync(request, step, endpointId, token), step.Wanted.Name)));
        await Parallel.ForEachAsync(decision.Removed, parallel, async (step, token) =>
            await _client.DeleteAsync(RegistrationTable.Steps, step.Id, token));
        return new RegistrationResult(
            decision.Plan, [.. created.OrderBy(static each => each.Kind).ThenBy(static each => each.Name)]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> RemoveAsync(
        RegistrationRequest request, CancellationToken cancellationToken)
    {
        var now = await RegisteredNow.ReadAsync(_client, request, cancellationToken);
        var ours = now.Steps.Where(step => RegisteredNow.OwnNameOf(request, step) is not null).ToHashSet();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = _client.WritesMax,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(ours, parallel, async (step, token) =>
            await _client.DeleteAsync(RegistrationTable.Steps, step.Id, token));
        if (now.Own is not { } own)
        {
            return [];
        }

        // With an endpoint Dataverse deletes all its steps, those of others included.
        var others = now.Steps.Where(step => step.EndpointId == own.Id && !ours.Contains(step)).ToList();
        if (others.Count > 0)
        {
            return
            [
                $"Service endpoint '{own.Name}' stays, since {others.Count} steps of others post with it, such as "
                + $"'{others[0].Name}'. Remove those, or move them to another endpoint, and deactivate again.",
            ];
        }

        await _client.DeleteAsync(RegistrationTable.Endpoints, own.Id, cancellationToken);
        return [];
    }

    /// <inheritdoc/>
    public async Task<RegistrationCheck> CheckAsync(
        RegistrationRequest request, DateTime since, CancellationToken cancellationToken)
    {
        var decision = await DecideAsync(request, cancellationToken);
        var steps = decision.Steps.Select(static step => step.Existing?.Id).OfType<Guid>();
        return new RegistrationCheck(decision.Plan, await CountFailedPostsAsync(steps, since, cancellationToken));
    }

    /// <summary>Nothing to release: the connections belong to the factory.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<FailedPosts> CountFailedPostsAsync(
        IEnumerable<Guid> stepIds, DateTime since, CancellationToken cancellationToken)
    {
        var time = since.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var (count, newest) = (0L, (DateTime?)null);
        foreach (var group in stepIds.Chunk(StepsInFilterMax))
        {
            var steps = string.Join(" or ", group.Select(static id => $"_owningextensionid_value eq {id}"));
            var page = await _client.CountAsync<JobAnswer>(
                "asyncoperations?$select=completedon&$orderby=completedon desc",
                $"statuscode eq {RegistrationCodes.Failed} and completedon ge {time} and ({steps})",
                RegistrationTable.Jobs,
                cancellationToken);
            count += page.Count ?? page.Value?.Count ?? 0;
            if (page.Value is [{ CompletedOn: { } completedOn }, ..] && !(newest > completedOn))
            {
                newest = completedOn.ToUniversalTime();
            }
        }

        return new FailedPosts(count, newest);
    }

    private async Task<RegistrationDecision> DecideAsync(
        RegistrationRequest request, CancellationToken cancellationToken)
    {
        var now = await RegisteredNow.ReadAsync(_client, request, cancellationToken);
        var names = WantedSteps.MessagesOf(request).ToList();
        var messages = await _client.FindAsync<MessageAnswer>(
            ("sdkmessages?$select=sdkmessageid,name", "name", null),
            names.Select(static name => $"'{name}'"),
            RegistrationTable.Messages,
            cancellationToken);
        var filters = await _client.FindAsync<FilterAnswer>(
            (FilterAnswer.Select, "primaryobjecttypecode",
                string.Join(" or ", names.Select(static name => $"sdkmessageid/name eq '{name}'"))),
            request.Tables.Select(static table => $"'{MetadataRequests.Quoted(table.Table)}'"),
            RegistrationTable.Filters,
            cancellationToken);
        var allowed = filters.Where(static filter => filter.IsAllowed is not false)
            .DistinctBy(static filter => (filter.Table, filter.MessageId))
            .ToDictionary(static filter => (filter.Table, filter.MessageId), static filter => filter.Id);
        return new RegistrationDecision(request, now, WantedSteps.Of(
            request,
            messages.DistinctBy(static message => message.Name)
                .ToDictionary(static message => message.Name, static message => message.Id),
            allowed));
    }

    private async Task<Guid> ApplyEndpointAsync(
        RegistrationRequest request,
        RegistrationDecision decision,
        ConcurrentBag<RegisteredComponent> created,
        CancellationToken cancellationToken)
    {
        if (decision.Now.Shared is { } shared)
        {
            return shared.Id;
        }

        var row = RegistrationRows.Endpoint(request);
        var id = decision.Now.Own?.Id;
        if (id is { } own)
        {
            // Also when it looks right: whether its key is the profile's cannot be read.
            await _client.UpdateAsync(RegistrationTable.Endpoints, own, row, cancellationToken);
        }

        id ??= await _client.CreateAsync(RegistrationTable.Endpoints, row, cancellationToken);
        created.Add(new RegisteredComponent(
            RegisteredKind.Endpoint, id.Value, RegistrationCodes.NameOf(request.ProfileId)));
        return id.Value;
    }

    private async Task<Guid> ApplyStepAsync(
        RegistrationRequest request, StepDecision step, Guid endpointId, CancellationToken cancellationToken)
    {
        var row = RegistrationRows.Step(request, step.Wanted, endpointId);
        var id = step.Existing?.Id
            ?? await _client.CreateAsync(RegistrationTable.Steps, row, cancellationToken);
        if (step.Fault is not null)
        {
            await _client.UpdateAsync(RegistrationTable.Steps, id, RegistrationRows.Enabled(row), cancellationToken);
        }

        await ApplyImageAsync(request, step, id, cancellationToken);
        return id;
    }

    private async Task ApplyImageAsync(
        RegistrationRequest request, StepDecision step, Guid stepId, CancellationToken cancellationToken)
    {
        if (step.Wanted.ImageColumns is null)
        {
            if (step.Image is { } needless)
            {
                await _client.DeleteAsync(RegistrationTable.Images, needless.Id, cancellationToken);
            }

            return;
        }

        var row = RegistrationRows.Image(request, step.Wanted, stepId);
        if (step.Image is null)
        {
            _ = await _client.CreateAsync(RegistrationTable.Images, row, cancellationToken);
        }
        else if (step.ImageFault is not null)
        {
            await _client.UpdateAsync(RegistrationTable.Images, step.Image.Id, row, cancellationToken);
        }
    }
}
