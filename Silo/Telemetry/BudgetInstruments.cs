using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DataExport.Grains.Budget;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// What is asked of the environments: requests that this silo was granted, and what all silos together use of each
/// environment's limits. Thread-safe.
/// </summary>
internal sealed class BudgetInstruments
{
    private static readonly Tag[] _works = [new("work", "fetch"), new("work", "sync"), new("work", "load")];

    private readonly ConcurrentDictionary<string, BudgetShares?> _hosts = new(StringComparer.Ordinal);
    private readonly Counter<long> _granted;

    public BudgetInstruments(Meter meter)
    {
        _granted = meter.CreateCounter<long>(
            "dataexport.source.requests", "{request}", "Requests to an environment that were granted, by their work.");
        AddGauge(meter, "requests_share", "Requests in the window, as a share of the limit.",
            static shares => shares.Requests);
        AddGauge(meter, "execution_share", "Execution time in the window, as a share of the limit.",
            static shares => shares.Execution);
        AddGauge(meter, "concurrency_share", "Requests under way, as a share of the limit.",
            static shares => shares.Concurrency);
    }

    /// <summary>The environments that this silo asks.</summary>
    public ICollection<string> Hosts => _hosts.Keys;

    /// <summary>Begins the series of an environment at zero, unless they have begun.</summary>
    public void Begin(string host)
    {
        if (_hosts.TryAdd(host, null))
        {
            foreach (var work in _works)
            {
                _granted.Add(0, new Tag("host", host), work);
            }
        }
    }

    /// <summary>A request may be sent.</summary>
    public void Granted(string host, SourceWork work) => _granted.Add(1, new Tag("host", host), _works[(int)work]);

    /// <summary>Takes what is used of an environment's limits; <see langword="null"/>: nobody knows.</summary>
    public void Tell(string host, BudgetReport? report, SourceBudgetOptions limits) => _hosts[host] = report is null
        ? null
        : new BudgetShares(
            (double)report.Requests / limits.RequestsMax,
            report.Execution / limits.ExecutionMax,
            (double)report.InFlight / limits.ConcurrentMax);

    private void AddGauge(Meter meter, string name, string description, Func<BudgetShares, double> share) =>
        _ = meter.CreateObservableGauge($"dataexport.source.{name}", () => Measure(share), "1", description);

    private IEnumerable<Measurement<double>> Measure(Func<BudgetShares, double> share)
    {
        foreach (var (host, shares) in _hosts)
        {
            if (shares is not null)
            {
                yield return new Measurement<double>(share(shares), new Tag("host", host));
            }
        }
    }

    private sealed record BudgetShares(double Requests, double Execution, double Concurrency);
}
