using System.Collections.Immutable;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>Whole rows of the source that a server is sent so that it compares them with its own.</summary>
/// <param name="Writes">Those that can be sent.</param>
/// <param name="TooLong">Those of which a text has no room in its column, so that it cannot be what is stored.</param>
internal sealed record ComparedRows(IReadOnlyList<RowWrite> Writes, IReadOnlyList<DifferentRow> TooLong)
{
    /// <summary>The columns that are compared: those that the source fills, but for the version number.</summary>
    public static ImmutableArray<TargetColumn> ColumnsOf(TargetTable table) =>
    [
        .. table.Columns.Where(static column => column.Ordinal >= 0
            && column.Name.Name != TargetTable.VersionNumberColumn),
    ];

    /// <summary>
    /// Looks at rows one by one: what a server would refuse half-way through a message is not sent at all.
    /// </summary>
    /// <param name="table">Their table.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="takesCharacterZero">Whether the server keeps the character 0 in a text.</param>
    public static ComparedRows Of(TargetTable table, IReadOnlyList<SourceRow> rows, bool takesCharacterZero)
    {
        var walk = new RowWalk(RowShape.Whole(table), takesCharacterZero);
        var (writes, tooLong) = (new List<RowWrite>(rows.Count), new List<DifferentRow>());
        foreach (var row in rows)
        {
            if (row.Columns is not { } columns || columns.Layout != table.Layout)
            {
                continue;
            }

            // Created and stamped is nothing of it: these columns are not compared.
            var write = new RowWrite(
                RowWriteKind.Insert, row.RecordId, columns, row.Version, null, DateTime.UnixEpoch, DateTime.UnixEpoch);
            try
            {
                walk.Check([write]);
                writes.Add(write);
            }
            catch (TextTooLongException exception)
            {
                tooLong.Add(new DifferentRow(row.RecordId, [exception.Column.Name.Name]));
            }
            catch (TargetRefusedException)
            {
                // No such row was ever written: whether one is held is a matter of versions.
            }
        }

        return new ComparedRows(writes, tooLong);
    }
}
