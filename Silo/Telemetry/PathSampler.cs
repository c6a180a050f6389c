using System.Diagnostics;
using DataExport.Grains.Telemetry;
using OpenTelemetry.Trace;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// Which traces are recorded: a share of the messages, each as a whole; the merges that they are in; and everything
/// that is seldom, such as pages, delta syncs and rounds of questions.
/// </summary>
/// <remarks>
/// The share is taken by the trace id, so that silos and senders with the same share choose alike. What the sender's
/// own flag says does not count: it was set for its own traffic, not for what a silo can bear.
/// </remarks>
internal sealed class PathSampler(double messageRatio) : Sampler
{
    private static readonly SamplingResult s_record = new(SamplingDecision.RecordAndSample);
    private static readonly SamplingResult s_drop = new(SamplingDecision.Drop);

    private readonly TraceIdRatioBasedSampler _share = new(messageRatio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.Name is PathTrace.Receive)
        {
            return _share.ShouldSample(samplingParameters);
        }

        var parent = samplingParameters.ParentContext;
        if (parent.TraceId != default)
        {
            return (parent.TraceFlags & ActivityTraceFlags.Recorded) != 0 ? s_record : s_drop;
        }

        // A request that none of our spans made, such as one for a token, would be a trace of one span.
        return samplingParameters.Kind is ActivityKind.Client ? s_drop : s_record;
    }
}
