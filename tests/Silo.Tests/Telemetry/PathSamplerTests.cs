using System.Diagnostics;
using DataExport.Grains.Telemetry;
using DataExport.Silo.Telemetry;
using OpenTelemetry.Trace;

namespace DataExport.Silo.Tests.Telemetry;

public sealed class PathSamplerTests
{
    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.1, 800, 1_200)]
    [InlineData(1.0, 10_000, 10_000)]
    public void Messages_OfAShare_AreTakenByIt(double ratio, int fewest, int most)
    {
        var sampler = new PathSampler(ratio);

        // Whatever the sender's flag says: it was set for its own traffic.
        var taken = Enumerable.Range(0, 10_000).Count(index => IsTaken(
            sampler, PathTrace.Receive, ActivityKind.Consumer, default, (ActivityTraceFlags)(index % 2)));

        taken.ShouldBeInRange(fewest, most);
    }

    [Theory]
    [InlineData("record", ActivityKind.Internal, ActivityTraceFlags.Recorded, true)]
    [InlineData("record", ActivityKind.Internal, ActivityTraceFlags.None, false)]
    [InlineData("POST", ActivityKind.Client, ActivityTraceFlags.Recorded, true)]
    [InlineData("POST", ActivityKind.Client, ActivityTraceFlags.None, false)]
    public void Part_OfATrace_FollowsItsParent(
        string name, ActivityKind kind, ActivityTraceFlags parent, bool expected) =>
        IsTaken(new PathSampler(0), name, kind, ActivityTraceId.CreateRandom(), parent).ShouldBe(expected);

    [Theory]
    [InlineData("delta sync", ActivityKind.Internal, true)]
    [InlineData("merge batch", ActivityKind.Internal, true)]
    [InlineData("POST", ActivityKind.Client, false)]
    public void Roots_AreTaken_UnlessTheyAreLoneRequests(string name, ActivityKind kind, bool expected) =>
        IsTaken(new PathSampler(0), name, kind, default, ActivityTraceFlags.None).ShouldBe(expected);

    private static bool IsTaken(
        PathSampler sampler, string name, ActivityKind kind, ActivityTraceId parent, ActivityTraceFlags flags)
    {
        var context = parent == default ? default : new ActivityContext(parent, ActivitySpanId.CreateRandom(), flags);
        var trace = parent == default ? ActivityTraceId.CreateRandom() : parent;
        var parameters = new SamplingParameters(context, trace, name, kind);
        return sampler.ShouldSample(parameters).Decision is SamplingDecision.RecordAndSample;
    }
}
