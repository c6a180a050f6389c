using System.Runtime.InteropServices;
using System.Text;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// The prepared updates of one table: one for each set of columns that notifications send again and again, since it is
/// forms and plug-ins that save, and one that takes any set, for those that do not. What is least recently used goes
/// when there are too many.
/// </summary>
internal sealed class UpdateStatements(
    SqliteDatabase database, TargetTable table, ColumnBinding?[] bindings, int statementsMax)
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    // A set that came so often is worth a statement of its own.
    private const int UsesBeforePrepare = 8;

    // Counting starts anew beyond: sets that never repeat must not cost memory for ever.
    private const int SetsCountedMax = 4_096;

    private readonly Dictionary<ulong, SentColumns> _bySet = [];
    private readonly Dictionary<ulong, int> _seen = [];
    private AnyColumnsUpdate? _any;
    private long _uses;

    /// <summary>How many are kept.</summary>
    public int Count => _bySet.Count;

    /// <summary>Writes the sent columns into a row, which becomes provisional.</summary>
    public void Update(long rowId, ColumnValues sent, DateTime modifiedOn, DateTime stamp)
    {
        if (StatementOf(sent) is not { } statement)
        {
            _any ??= new AnyColumnsUpdate(database, table, bindings);
            _any.Update(rowId, sent, modifiedOn, stamp);
            return;
        }

        var parameter = 1;
        foreach (var value in sent)
        {
            if (bindings[value.Ordinal] is { IsSent: true } binding)
            {
                binding.Bind(statement, parameter, value);
                parameter += binding.IsLookup ? 2 : 1;
            }
        }

        statement.Bind(parameter, modifiedOn);
        statement.Bind(parameter + 1, stamp);
        statement.Bind(parameter + 2, rowId);
        statement.Run();
    }

    /// <summary>The set's own statement; <see langword="null"/> while it has not come often enough.</summary>
    private SqliteStatement? StatementOf(ColumnValues sent)
    {
        var hash = OffsetBasis;
        foreach (var value in sent)
        {
            hash = (hash ^ (uint)value.Ordinal) * Prime;
        }

        if (!_bySet.TryGetValue(hash, out var columns) || !columns.AreThoseOf(sent))
        {
            if (!IsWorthPreparing(hash))
            {
                return null;
            }

            columns = Prepare(hash, sent);
        }

        columns.LastUse = ++_uses;
        return columns.Statement;
    }

    private bool IsWorthPreparing(ulong hash)
    {
        if (_seen.Count >= SetsCountedMax)
        {
            _seen.Clear();
        }

        ref var uses = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, hash, out _);
        return ++uses >= UsesBeforePrepare;
    }

    private SentColumns Prepare(ulong hash, ColumnValues sent)
    {
        // Two sets of one hash take turns: that costs time, and never a wrong column.
        if (_bySet.Remove(hash, out var other))
        {
            database.Forget(other.Statement);
        }
        else if (_bySet.Count >= statementsMax)
        {
            RemoveLeastRecentlyUsed();
        }

        var ordinals = new List<int>();
        foreach (var value in sent)
        {
            ordinals.Add(value.Ordinal);
        }

        var columns = new SentColumns([.. ordinals], database.Prepare(Script(ordinals), table.Definition.Name));
        _bySet.Add(hash, columns);
        return columns;
    }

    private void RemoveLeastRecentlyUsed()
    {
        var (hash, columns) = _bySet.MinBy(entry => entry.Value.LastUse);
        _ = _bySet.Remove(hash);
        database.Forget(columns.Statement);
    }

    private string Script(List<int> ordinals)
    {
        var script = new StringBuilder($"UPDATE {table.Name} SET ");
        foreach (var ordinal in ordinals)
        {
            if (bindings[ordinal] is { IsSent: true } binding)
            {
                script.Append($"{table.Columns[binding.Parameter - 1].Name} = ?, ");
                script.Append(binding.IsLookup ? $"{table.Columns[binding.Parameter].Name} = ?, " : "");
            }
        }

        return script.Append(
            $"""
            "{TargetTable.ModifiedOnColumn}" = ?, "{TargetTable.SinkModifiedOn}" = ?,
            "{TargetTable.VersionNumberColumn}" = NULL WHERE {table.RowId()} = ?
            """).ToString();
    }

    private sealed class SentColumns(int[] ordinals, SqliteStatement statement)
    {
        public SqliteStatement Statement => statement;

        public long LastUse { get; set; }

        public bool AreThoseOf(ColumnValues sent)
        {
            var index = 0;
            foreach (var value in sent)
            {
                if (index == ordinals.Length || ordinals[index++] != value.Ordinal)
                {
                    return false;
                }
            }

            return index == ordinals.Length;
        }
    }
}
