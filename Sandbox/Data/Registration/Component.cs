using System.Collections.Immutable;

namespace DataExport.Sandbox;

/// <summary>One row of a registration table: a service endpoint, a step, an image, a system job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Grows with every change, for its etag.</param>
/// <param name="Values">The columns that are not null, by name.</param>
internal sealed record Component(Guid Id, long Version, ImmutableDictionary<string, object> Values)
{
    public object? this[string column] => Values.GetValueOrDefault(column);

    public string? Text(string column) => this[column] as string;

    public long? Number(string column) => this[column] as long?;

    public bool Flag(string column) => this[column] is true;

    public Guid? Reference(string column) => this[column] as Guid?;
}
