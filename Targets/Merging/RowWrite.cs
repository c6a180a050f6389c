namespace DataExport.Targets.Merging;

/// <summary>How a row of the target is to be written.</summary>
internal enum RowWriteKind
{
    /// <summary>There is none yet.</summary>
    Insert,

    /// <summary>All columns; what the values lack is empty at the source.</summary>
    Replace,

    /// <summary>The sent columns alone.</summary>
    Update,
}

/// <summary>What is to be written into one row.</summary>
/// <param name="Kind">How.</param>
/// <param name="RecordId">Which row.</param>
/// <param name="Columns">The values.</param>
/// <param name="Version">The version number; <see langword="null"/> makes the row provisional.</param>
/// <param name="ModifiedOn">The row's <c>modifiedon</c> if notifications told it, whatever the values hold.</param>
/// <param name="CreatedOn">The stamp of the row's birth, for an insert.</param>
/// <param name="Stamp">The stamp of this write.</param>
internal sealed record RowWrite(
    RowWriteKind Kind,
    Guid RecordId,
    ColumnValues Columns,
    VersionNumber? Version,
    DateTime? ModifiedOn,
    DateTime CreatedOn,
    DateTime Stamp)
{
    /// <summary>Whether the values hold <c>modifiedon</c> themselves.</summary>
    public bool IsModifiedOnAmongColumns => ModifiedOn is null;

    /// <summary>This write, and a confirmed one after it.</summary>
    public RowWrite ThenReplace(ColumnValues columns, VersionNumber version, DateTime stamp) => this with
    {
        Kind = Kind is RowWriteKind.Insert ? RowWriteKind.Insert : RowWriteKind.Replace,
        Columns = columns,
        Version = version,
        ModifiedOn = null,
        Stamp = stamp,
    };

    /// <summary>This write, and a provisional one after it.</summary>
    public RowWrite ThenUpdate(ColumnValues sent, DateTime modifiedOn, DateTime stamp) => this with
    {
        Columns = Columns.OverlaidWith(sent),
        Version = null,
        ModifiedOn = modifiedOn,
        Stamp = stamp,
    };
}
