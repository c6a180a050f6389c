using Orleans.Concurrency;

namespace DataExport;

/// <summary>
/// What may be asked of one environment, for all profiles and silos together: Dataverse's service protection limits
/// are those of a user, not of a process. The key is the environment's host.
/// </summary>
[Alias("DataExport.ISourceBudgetGrain")]
public interface ISourceBudgetGrain : IGrainWithStringKey
{
    /// <summary>Asks to send one request now. Never waits: what is refused says when to ask again.</summary>
    [Alias("Take")]
    Task<BudgetAnswer> TakeAsync(SourceWork work);

    /// <summary>Tells that a request's answer is read, and what it cost.</summary>
    [Alias("GiveBack")]
    Task GiveBackAsync(long lease, SourceUse use);

    /// <summary>How much is used.</summary>
    [AlwaysInterleave]
    [Alias("GetReport")]
    Task<BudgetReport> GetReportAsync();
}

/// <summary>What a request is for. What comes first here is served first.</summary>
public enum SourceWork
{
    /// <summary>A fetch for live changes.</summary>
    Fetch = 0,

    /// <summary>Deltas, metadata, registration.</summary>
    Sync = 1,

    /// <summary>Pages of initial syncs and of comparisons.</summary>
    Load = 2,
}

/// <summary>Whether a request may be sent.</summary>
/// <param name="Lease">To be given back; 0 when it may not be sent now.</param>
/// <param name="AskAgainAfter">When it may not: how long until asking again makes sense.</param>
/// <param name="IsQuiet">Whether the environment asked to be left alone for that long.</param>
[GenerateSerializer, Immutable, Alias("DataExport.BudgetAnswer")]
public readonly record struct BudgetAnswer(
    [property: Id(0)] long Lease,
    [property: Id(1)] TimeSpan AskAgainAfter = default,
    [property: Id(2)] bool IsQuiet = false);

/// <summary>What a request cost, and what its answer's headers said.</summary>
/// <param name="Execution">From the request to the beginning of its answer.</param>
/// <param name="RequestsLeft"><c>x-ms-ratelimit-burst-remaining-xrm-requests</c>.</param>
/// <param name="TimeLeft"><c>x-ms-ratelimit-time-remaining-xrm-requests</c>.</param>
/// <param name="DopHint"><c>x-ms-dop-hint</c>: how many requests at once the environment recommends.</param>
/// <param name="RetryAfter">How long the environment asked to be left alone.</param>
[GenerateSerializer, Immutable, Alias("DataExport.SourceUse")]
public readonly record struct SourceUse(
    [property: Id(0)] TimeSpan Execution,
    [property: Id(1)] int? RequestsLeft = null,
    [property: Id(2)] TimeSpan? TimeLeft = null,
    [property: Id(3)] int? DopHint = null,
    [property: Id(4)] TimeSpan? RetryAfter = null);

/// <summary>How much of an environment's limits is used now.</summary>
/// <param name="Requests">Requests in the window.</param>
/// <param name="Execution">Execution time in the window.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="QuietFor">How long nothing may be sent; zero when something may.</param>
/// <param name="Waits">How often a request had to wait for a limit.</param>
/// <param name="WaitsShare">
/// The sum of the shares of that limit that were used at each of these waits, 0 to 1 each.
/// </param>
[GenerateSerializer, Immutable, Alias("DataExport.BudgetReport")]
public sealed record BudgetReport(
    [property: Id(0)] int Requests,
    [property: Id(1)] TimeSpan Execution,
    [property: Id(2)] int InFlight,
    [property: Id(3)] TimeSpan QuietFor,
    [property: Id(4)] long Waits,
    [property: Id(5)] double WaitsShare);
