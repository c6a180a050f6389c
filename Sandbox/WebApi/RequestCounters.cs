namespace DataExport.Sandbox;

/// <summary>What the Web API was asked, by kind. Requests inside a batch count like others.</summary>
public sealed class RequestCounters
{
    private readonly long[] _counts = new long[9];

    /// <summary>All HTTP requests.</summary>
    public long Requests => Read(0);

    /// <summary>Batches.</summary>
    public long Batches => Read(1);

    /// <summary>Requests for metadata, <c>WhoAmI</c> included.</summary>
    public long Metadata => Read(2);

    /// <summary>Pages of walks.</summary>
    public long Pages => Read(3);

    /// <summary>Pages of deltas.</summary>
    public long DeltaPages => Read(4);

    /// <summary>Reads of records by id, one or many at once.</summary>
    public long FetchRequests => Read(5);

    /// <summary>Questions for privileges.</summary>
    public long Privileges => Read(6);

    /// <summary>Rows and deletions sent.</summary>
    public long Rows => Read(7);

    /// <summary>Reads and changes of service endpoints, steps and what belongs to them.</summary>
    public long Registrations => Read(8);

    internal void AddRequest() => Interlocked.Increment(ref _counts[0]);

    internal void AddBatch() => Interlocked.Increment(ref _counts[1]);

    internal void AddMetadata() => Interlocked.Increment(ref _counts[2]);

    internal void AddPage() => Interlocked.Increment(ref _counts[3]);

    internal void AddDeltaPage() => Interlocked.Increment(ref _counts[4]);

    internal void AddFetch() => Interlocked.Increment(ref _counts[5]);

    internal void AddPrivilege() => Interlocked.Increment(ref _counts[6]);

    internal void AddRows(int rows) => Interlocked.Add(ref _counts[7], rows);

    internal void AddRegistration() => Interlocked.Increment(ref _counts[8]);

    private long Read(int place) => Interlocked.Read(ref _counts[place]);
}
