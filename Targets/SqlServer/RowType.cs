using System.Data;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;
using Microsoft.Data.SqlClient.Server;

namespace DataExport.Targets.SqlServer;

/// <summary>A table type of the database, by which a statement takes many rows at once.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record RowType(TableName Name, IReadOnlyList<TypeColumn> Columns)
{
    private readonly SqlMetaData[] _metaData = [.. Columns.Select(static column => column.ToMetaData())];

    /// <summary>A record whose columns are all empty.</summary>
    public SqlDataRecord NewRecord() => new(_metaData);

    /// <summary>Where some columns stand in a record.</summary>
    public int[] PlacesOf(IEnumerable<SqlIdentifier> columns)
    {
        var places = Columns.Select(static (column, place) => (column.Name, place))
            .ToDictionary(static each => each.Name, static each => each.place);
        return [.. columns.Select(column => places[column])];
    }

    /// <summary>Rows as a parameter. At least one: a type of no rows is not taken everywhere.</summary>
    public SqlParameter Parameter(string name, IEnumerable<SqlDataRecord> rows) =>
        new(name, SqlDbType.Structured) { TypeName = Name.ToString(), Value = rows };

    /// <summary>Rows that are filled one by one into the same record, as a parameter.</summary>
    public SqlParameter Parameter<T>(string name, IEnumerable<T> items, Action<SqlDataRecord, T> fill)
    {
        return Parameter(name, Rows());

        IEnumerable<SqlDataRecord> Rows()
        {
            var record = NewRecord();
            foreach (var item in items)
            {
                fill(record, item);
                yield return record;
            }
        }
    }
}
