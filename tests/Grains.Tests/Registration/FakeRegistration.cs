using System.Collections.Immutable;
using System.Threading.Channels;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Registration;

/// <summary>An environment that knows names only: it creates one component for each table of a request.</summary>
internal sealed class FakeRegistration : ISourceRegistrationFactory, ISourceRegistration
{
    private readonly Channel<int> _checks = Channel.CreateUnbounded<int>();
    private int _checksDone;

    /// <summary>What is there, by name.</summary>
    public Dictionary<string, Guid> Components { get; } = new(StringComparer.Ordinal);

    /// <summary>Thrown by the next creation after one component was created.</summary>
    public Exception? FaultHalfWay { get; set; }

    /// <summary>Thrown by every removal.</summary>
    public Exception? RemovalFault { get; set; }

    /// <summary>What a removal leaves.</summary>
    public IReadOnlyList<string> Left { get; set; } = [];

    public FailedPosts Failed { get; set; } = new(0, null);

    public List<RegistrationRequest> Applied { get; } = [];

    public ISourceRegistration OpenRegistration(ExportProfile profile) => this;

    public Task<RegistrationPlan> PlanAsync(RegistrationRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(PlanOf(request));

    public Task<RegistrationResult> ApplyAsync(RegistrationRequest request, CancellationToken cancellationToken)
    {
        Applied.Add(request);
        var plan = PlanOf(request);
        foreach (var name in Names(request).Where(name => !Components.ContainsKey(name)))
        {
            Components[name] = Guid.NewGuid();
            if (FaultHalfWay is { } fault)
            {
                FaultHalfWay = null;
                throw fault;
            }
        }

        return Task.FromResult(new RegistrationResult(plan, [.. Names(request).Select(
            name => new RegisteredComponent(RegisteredKind.Step, Components[name], name))]));
    }

    public Task<IReadOnlyList<string>> RemoveAsync(RegistrationRequest request, CancellationToken cancellationToken)
    {
        if (RemovalFault is { } fault)
        {
            throw fault;
        }

        foreach (var name in Components.Keys.Where(name => name.StartsWith(request.ProfileId)).ToList())
        {
            _ = Components.Remove(name);
        }

        return Task.FromResult(Left);
    }

    public Task<RegistrationCheck> CheckAsync(
        RegistrationRequest request, DateTime since, CancellationToken cancellationToken)
    {
        _checks.Writer.TryWrite(++_checksDone);
        return Task.FromResult(new RegistrationCheck(PlanOf(request), Failed));
    }

    /// <summary>Ends when the environment is looked at once more.</summary>
    public async Task CheckedAsync() => _ = await _checks.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private RegistrationPlan PlanOf(RegistrationRequest request) => new(
        [.. Names(request).Where(name => !Components.ContainsKey(name)).Select(name => $"Step '{name}' is created.")],
        [],
        []);

    private static ImmutableArray<string> Names(RegistrationRequest request) =>
        [.. request.Tables.Select(table => $"{request.ProfileId}: {table.Table}")];
}
