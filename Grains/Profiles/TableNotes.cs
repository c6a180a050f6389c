using System.Collections.Immutable;

namespace DataExport.Grains.Profiles;

/// <summary>What whoever plans a profile should know of its tables. Pure.</summary>
internal static class TableNotes
{
    /// <summary>In what a table is kept in step otherwise than most are; empty for most.</summary>
    public static ImmutableArray<string> Of(TableDefinition table, ExportProfile profile)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (table.IsUntracked)
        {
            notes.Add("has no change tracking: compared by id and version every DataExport:TableSync:CompareInterval");
        }

        if (table.IsElastic)
        {
            notes.Add("is an elastic table: kept in step by its change feed alone, without messages");
        }

        if (NamesOf(table, static column => column.IsComputed) is { } computed)
        {
            notes.Add(profile.RefreshComputedEvery is { } interval
                ? $"all rows are compared every {interval:c}, since the environment computes {computed}"
                : $"the environment computes {computed} without a trace: RefreshComputedEvery would refresh them");
        }

        if (NamesOf(table, static column => column.HoldsFile) is { } files)
        {
            notes.Add($"{files} would hold files and stays empty");
        }

        return notes.ToImmutable();
    }

    private static string? NamesOf(TableDefinition table, Func<ColumnDefinition, bool> fits)
    {
        var names = string.Join(", ", table.Columns.Where(fits).Select(static column => column.Name));
        return names.Length > 0 ? names : null;
    }
}
