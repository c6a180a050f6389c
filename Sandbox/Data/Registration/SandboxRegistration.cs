using System.Collections.Immutable;

namespace DataExport.Sandbox;

/// <summary>
/// What is registered in the environment: service endpoints, steps, images; and the system jobs that failed. Changes of
/// records ask <see cref="Routing"/> alone, which is made anew with every change of a registration. Thread-safe.
/// </summary>
internal sealed class SandboxRegistration
{
    private const int FailedJobsMax = 10_000;
    private const int FailedStatus = 31;
    private const int CompletedState = 3;
    private const int SystemEvent = 1;

    private readonly IReadOnlyList<SandboxTable> _tables;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<Guid, Component>> _components = new(StringComparer.Ordinal);
    private readonly Queue<Guid> _jobs = new();
    private volatile StepRouting _routing;
    private volatile bool _postsAll = true;
    private long _version = 1_000_000;

    public SandboxRegistration(IReadOnlyList<SandboxTable> tables, TimeProvider clock)
    {
        (_tables, _clock) = (tables, clock);
        SdkMessages.Fill(tables, (table, id, values) => _ = Put(table, id, values));
        _routing = Route();
    }

    /// <summary>The steps that count now.</summary>
    public StepRouting Routing => _routing;

    /// <summary>Whether every change is posted, whatever steps there are: to queues that get everything.</summary>
    public bool PostsAll
    {
        get => _postsAll;
        set => _postsAll = value;
    }

    /// <summary>All rows of a table, in no order.</summary>
    public IReadOnlyList<Component> All(ComponentTable table)
    {
        lock (_gate)
        {
            return [.. RowsOf(table.SetName).Values];
        }
    }

    /// <summary>One row, or <see langword="null"/>.</summary>
    public Component? Find(string setName, Guid id)
    {
        lock (_gate)
        {
            return RowsOf(setName).GetValueOrDefault(id);
        }
    }

    /// <summary>Creates or replaces a row.</summary>
    public Component Put(ComponentTable table, Guid id, ImmutableDictionary<string, object> values)
    {
        lock (_gate)
        {
            var row = new Component(id, ++_version, values);
            RowsOf(table.SetName)[id] = row;
            RouteAgain(table);
            return row;
        }
    }

    /// <summary>Deletes a row and what hangs on it: with an endpoint its steps, with a step its images.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(ComponentTable table, Guid id)
    {
        lock (_gate)
        {
            if (!RowsOf(table.SetName).ContainsKey(id))
            {
                return false;
            }

            if (table == ComponentTables.Endpoints)
            {
                RemoveAll(ComponentTables.Steps, "_eventhandler_value", id);
            }
            else if (table == ComponentTables.Steps)
            {
                RemoveAll(ComponentTables.Images, "_sdkmessageprocessingstepid_value", id);
            }

            _ = RowsOf(table.SetName).Remove(id);
            RouteAgain(table);
            return true;
        }
    }

    /// <summary>Notes that a post failed. The oldest notes go when there are too many.</summary>
    public void AddFailedJob(Guid stepId, string name, string message)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        lock (_gate)
        {
            var id = DrawnId.Of(Mixer.Mix((ulong)++_version, "job"));
            RowsOf(ComponentTables.Jobs.SetName)[id] = new Component(id, _version, ImmutableDictionary
                .Create<string, object>()
                .Add("name", name)
                .Add("operationtype", (long)SystemEvent)
                .Add("statecode", (long)CompletedState)
                .Add("statuscode", (long)FailedStatus)
                .Add("message", message)
                .Add("createdon", now)
                .Add("completedon", now)
                .Add("_owningextensionid_value", stepId));
            _jobs.Enqueue(id);
            if (_jobs.Count > FailedJobsMax)
            {
                _ = RowsOf(ComponentTables.Jobs.SetName).Remove(_jobs.Dequeue());
            }
        }
    }

    private Dictionary<Guid, Component> RowsOf(string setName)
    {
        if (!_components.TryGetValue(setName, out var rows))
        {
            _components[setName] = rows = [];
        }

        return rows;
    }

    private void RemoveAll(ComponentTable table, string reference, Guid id)
    {
        foreach (var row in RowsOf(table.SetName).Values.Where(row => row.Reference(reference) == id).ToList())
        {
            _ = Remove(table, row.Id);
        }
    }

    private void RouteAgain(ComponentTable changed)
    {
        if (changed.IsWritable)
        {
            _routing = Route();
        }
    }

    private StepRouting Route()
    {
        var builder = new StepRouteBuilder(this, [.. RowsOf(ComponentTables.Images.SetName).Values]);
        var steps = RowsOf(ComponentTables.Steps.SetName).Values
            .Where(static step => step.Number("statecode") is null or 0)
            .ToLookup(static step => step.Reference("_sdkmessageid_value"));
        return StepRouting.Of(_tables, (table, kind) => steps[SdkMessages.IdOf(kind)]
            .Where(step => SdkMessages.IsFor(step, table, kind))
            .Select(step => builder.Build(
                step, RowsOf(ComponentTables.Endpoints.SetName)[step.Reference("_eventhandler_value")!.Value], table)));
    }
}
