namespace DataExport.Sandbox;

/// <summary>
/// Counts how long messages were in a queue, from enqueueing to completion. 1 ms fine up to two seconds, above that to
/// one part in 64. Its memory is fixed. Not thread-safe.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int FineBuckets = 2_048;
    private const int BucketsPerDoubling = 64;
    private const int Doublings = 16;

    private readonly long[] _counts = new long[FineBuckets + (BucketsPerDoubling * Doublings)];
    private long _total;
    private long _sumMilliseconds;

    public void Record(long milliseconds)
    {
        var positive = Math.Max(0, milliseconds);
        _counts[BucketOf(positive)]++;
        _total++;
        _sumMilliseconds += positive;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        (_total, _sumMilliseconds) = (0, 0);
    }

    public LatencyFigures Read() => new(
        _total, _total == 0 ? 0 : (double)_sumMilliseconds / _total, Percentile(0.50), Percentile(0.99));

    private double Percentile(double share)
    {
        var rank = (long)Math.Ceiling(_total * share);
        long below = 0;
        for (var bucket = 0; bucket < _counts.Length && _total > 0; bucket++)
        {
            below += _counts[bucket];
            if (below >= rank)
            {
                return UpperBound(bucket);
            }
        }

        return 0;
    }

    private static int BucketOf(long milliseconds)
    {
        if (milliseconds < FineBuckets)
        {
            return (int)milliseconds;
        }

        var doubling = Math.Min((int)Math.Log2((double)milliseconds / FineBuckets), Doublings - 1);
        var start = (long)FineBuckets << doubling;
        var place = Math.Min((milliseconds - start) * BucketsPerDoubling / start, BucketsPerDoubling - 1);
        return FineBuckets + (doubling * BucketsPerDoubling) + (int)place;
    }

    private static double UpperBound(int bucket)
    {
        if (bucket < FineBuckets)
        {
            return bucket;
        }

        var (doubling, place) = Math.DivRem(bucket - FineBuckets, BucketsPerDoubling);
        var start = (double)((long)FineBuckets << doubling);
        return start + (start * (place + 1) / BucketsPerDoubling);
    }
}

/// <summary>How long the completed messages of a queue were in it, duplicates and redeliveries included.</summary>
/// <param name="Messages">How many were completed.</param>
/// <param name="MeanMilliseconds">Mean, from enqueueing to completion.</param>
/// <param name="P50Milliseconds">Half of them were faster.</param>
/// <param name="P99Milliseconds">99 of 100 were faster.</param>
public readonly record struct LatencyFigures(
    long Messages, double MeanMilliseconds, double P50Milliseconds, double P99Milliseconds);
