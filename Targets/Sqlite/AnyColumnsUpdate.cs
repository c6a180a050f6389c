using System.Text;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// One prepared update of a table that takes any set of columns: each column is set to its parameter if its bit is set,
/// and to itself if not. Running it costs a few microseconds more than an update of just those columns; preparing that
/// one costs several times as much, which pays only for a set that comes again.
/// </summary>
internal sealed class AnyColumnsUpdate
{
    // SQLite's integers have a sign, and a shift must not meet it.
    private const int BitsPerMask = 62;

    private readonly SqliteStatement _statement;
    private readonly ColumnBinding?[] _bindings;
    private readonly int[] _parameters;
    private readonly long[] _masks;
    private readonly int _firstFixed;

    public AnyColumnsUpdate(SqliteDatabase database, TargetTable table, ColumnBinding?[] bindings)
    {
        _bindings = bindings;
        _parameters = new int[bindings.Length];
        _masks = new long[(bindings.Length + BitsPerMask - 1) / BitsPerMask];
        var script = new StringBuilder($"UPDATE {table.Name} SET ");
        var parameter = _masks.Length + 1;
        for (var ordinal = 0; ordinal < bindings.Length; ordinal++)
        {
            if (bindings[ordinal] is { IsSent: true } binding)
            {
                _parameters[ordinal] = parameter;
                parameter = Append(script, table, binding, parameter);
            }
        }

        _firstFixed = parameter;
        _statement = database.Prepare(
            script.Append(
                $"""
                "{TargetTable.ModifiedOnColumn}" = ?{parameter}, "{TargetTable.SinkModifiedOn}" = ?{parameter + 1},
                "{TargetTable.VersionNumberColumn}" = NULL WHERE {table.RowId()} = ?{parameter + 2}
                """).ToString(),
            table.Definition.Name);
    }

    /// <summary>Writes the sent columns into a row, which becomes provisional.</summary>
    public void Update(long rowId, ColumnValues sent, DateTime modifiedOn, DateTime stamp)
    {
        Array.Clear(_masks);
        foreach (var value in sent)
        {
            if (_bindings[value.Ordinal] is { IsSent: true } binding)
            {
                _masks[value.Ordinal / BitsPerMask] |= 1L << (value.Ordinal % BitsPerMask);
                binding.Bind(_statement, _parameters[value.Ordinal], value);
            }
        }

        for (var mask = 0; mask < _masks.Length; mask++)
        {
            _statement.Bind(mask + 1, _masks[mask]);
        }

        _statement.Bind(_firstFixed, modifiedOn);
        _statement.Bind(_firstFixed + 1, stamp);
        _statement.Bind(_firstFixed + 2, rowId);
        _statement.Run();
    }

    /// <summary>
    /// Appends a column, and the entity type behind it if it is a lookup; returns the next parameter.
    /// </summary>
    private static int Append(StringBuilder script, TargetTable table, ColumnBinding binding, int parameter)
    {
        var isSet = $"(?{(binding.Ordinal / BitsPerMask) + 1} >> {binding.Ordinal % BitsPerMask}) & 1";
        var columns = binding.IsLookup ? 2 : 1;
        for (var column = 0; column < columns; column++)
        {
            var name = table.Columns[binding.Parameter - 1 + column].Name;
            _ = script.Append($"{name} = CASE WHEN {isSet} THEN ?{parameter + column} ELSE {name} END, ");
        }

        return parameter + columns;
    }
}
