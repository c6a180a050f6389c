namespace DataExport;

/// <summary>One provisional change of one record, decoded from a notification.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.RecordChange")]
public sealed record RecordChange
{
    /// <summary>The record.</summary>
    [Id(0)]
    public required RecordKey Key { get; init; }

    /// <summary>What happened.</summary>
    [Id(1)]
    public required ChangeKind Kind { get; init; }

    /// <summary>
    /// UTC: <c>modifiedon</c> of a create or update, whole seconds; <c>OperationCreatedOn</c> of a delete.
    /// <see langword="null"/> when the notification does not tell.
    /// </summary>
    [Id(2)]
    public DateTime? ModifiedOn { get; init; }

    /// <summary>The system job that posted the notification: the same over all redeliveries of one post.</summary>
    [Id(3)]
    public Guid OperationId { get; init; }

    /// <summary>The sent columns of a create or update.</summary>
    [Id(4)]
    public ColumnValues? Columns { get; init; }

    /// <summary>Why the source must be asked, for <see cref="ChangeKind.Touched"/>.</summary>
    [Id(5)]
    public UncertainReason Reason { get; init; }
}
