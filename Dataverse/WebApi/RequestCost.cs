using System.Globalization;
using System.Net.Http.Headers;

namespace DataExport.Dataverse.WebApi;

/// <summary>Gathers what a request costs of the environment's limits, and what its answer says of them.</summary>
internal sealed class RequestCost(TimeProvider clock)
{
    private const string RequestsLeft = "x-ms-ratelimit-burst-remaining-xrm-requests";
    private const string TimeLeft = "x-ms-ratelimit-time-remaining-xrm-requests";
    private const string DopHint = "x-ms-dop-hint";

    // A limit was met and no header says for how long: not asking at once again is the least that can be done.
    private static readonly TimeSpan s_untold = TimeSpan.FromSeconds(5);

    private long? _began;
    private SourceUse _use;

    /// <summary>The request is sent now.</summary>
    public void Begin() => _began = clock.GetTimestamp();

    /// <summary>The answer begins: by then the environment has done its work.</summary>
    public void Answered(HttpResponseHeaders headers) => _use = new SourceUse(
        Elapsed(),
        (int?)Number(headers, RequestsLeft),
        Number(headers, TimeLeft) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        (int?)Number(headers, DopHint));

    /// <summary>The environment asks to be left alone.</summary>
    public void Throttled(TimeSpan? retryAfter) => _use = _use with
    {
        RetryAfter = retryAfter > TimeSpan.Zero ? retryAfter : s_untold,
    };

    /// <summary>All of it. A request without an answer cost the time that was waited for one.</summary>
    public SourceUse ToUse() => _use.Execution > TimeSpan.Zero ? _use : _use with { Execution = Elapsed() };

    private TimeSpan Elapsed() => _began is { } began ? clock.GetElapsedTime(began) : TimeSpan.Zero;

    /// <summary>A number such as <c>5,998</c> or <c>1,199.87</c>; null when there is none that makes sense.</summary>
    private static double? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && double.TryParse(values.First(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < int.MaxValue
            ? number
            : null;
}
