using System.Collections.Immutable;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// Compares the cells of a row with the values that a write of it would bind: SQLite itself says whether they are the
/// same once they are stored.
/// </summary>
internal sealed class CellComparison
{
    private const int IdParameter = 1;

    /// <summary>A comparison binds no <c>SinkCreatedOn</c>, so its parameter is free for the version.</summary>
    private const int VersionParameter = 2;

    private readonly ColumnBinding?[] _bindings;
    private readonly long _layout;
    private readonly ImmutableArray<(SqlIdentifier Name, int Parameter)> _compared;
    private readonly int _primaryIdParameter;

    public CellComparison(TargetTable table)
    {
        (_bindings, _layout) = (ColumnBinding.Of(table), table.Layout);
        _compared =
        [
            .. table.Columns.Select(static (column, index) => (Column: column, Parameter: index + 1))
                .Where(static each => each.Column.Ordinal >= 0
                    && each.Column.Name.Name != TargetTable.VersionNumberColumn)
                .Select(static each => (each.Column.Name, each.Parameter)),
        ];
        _primaryIdParameter = table.PrimaryIdOrdinal >= 0 && table.HasColumn(table.PrimaryIdOrdinal)
            ? _bindings[table.PrimaryIdOrdinal]!.Parameter
            : 0;
        Script = ScriptOf(table);
    }

    /// <summary>Gives, of a row of a version, for each compared column whether its cell is the bound value.</summary>
    public string Script { get; }

    /// <summary>The columns of a row that are others; nothing if none is.</summary>
    public DifferentRow? Compare(SqliteStatement statement, in SourceRow row)
    {
        if (row.Columns?.Layout != _layout)
        {
            return null;
        }

        try
        {
            Bind(statement, row, row.Columns);
        }
        catch (TargetRefusedException)
        {
            // No such row was ever written: whether one is held is a matter of versions.
            return null;
        }

        var columns = statement.Step() ? DifferentColumns(statement) : [];
        statement.Reset();
        return columns.Length > 0 ? new DifferentRow(row.RecordId, columns) : null;
    }

    private void Bind(SqliteStatement statement, in SourceRow row, ColumnValues columns)
    {
        statement.ClearBindings();
        foreach (var value in columns)
        {
            if (!value.IsNull && _bindings[value.Ordinal] is { IsKnownOtherwise: false } binding)
            {
                binding.Bind(statement, binding.Parameter, value);
            }
        }

        statement.Bind(IdParameter, row.RecordId);
        statement.Bind(VersionParameter, row.Version.Value);
        if (_primaryIdParameter > 0)
        {
            statement.Bind(_primaryIdParameter, row.RecordId);
        }
    }

    private ImmutableArray<string> DifferentColumns(SqliteStatement statement)
    {
        var columns = ImmutableArray.CreateBuilder<string>();
        for (var place = 0; place < _compared.Length; place++)
        {
            if (statement.Int64(place) == 0)
            {
                columns.Add(_compared[place].Name.Name);
            }
        }

        return columns.ToImmutable();
    }

    private string ScriptOf(TargetTable table)
    {
        var cells = string.Join(", ", _compared.Select(static each => $"{each.Name} IS ?{each.Parameter}"));
        return $"""
            SELECT {(cells.Length > 0 ? cells : "1")} FROM {table.Name}
            WHERE "{TargetTable.Id}" = ?{IdParameter}
                AND "{TargetTable.VersionNumberColumn}" = ?{VersionParameter}
            """;
    }
}
