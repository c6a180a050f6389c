using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>The sync state of tables, and the highest version number that each has seen.</summary>
internal sealed class SyncStates(SqliteDatabase database, TargetNames names)
{
    private const string Subject = "Sync state";

    private readonly SqliteStatement _read = database.Prepare(
        $"""
        SELECT "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone", "RowsTotal", "IsResync", "LastDeltaOn",
            "Message", "HighestVersion", "Scope", "RefreshedOn", "NewestId", "NewestVersion",
            "DeltaHasIdsOnly"
        FROM {names.TableSync} WHERE "EntityName" = ?1
        """,
        Subject);

    private readonly SqliteStatement _save = database.Prepare(
        $"""
        INSERT INTO {names.TableSync} ("EntityName", "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone",
            "RowsTotal", "IsResync", "LastDeltaOn", "Message", "HighestVersion", "Scope", "RefreshedOn",
            "NewestId", "NewestVersion", "DeltaHasIdsOnly")
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        ON CONFLICT ("EntityName") DO UPDATE SET "Phase" = ?2, "NextLink" = ?3, "DeltaLink" = ?4, "BeganOn" = ?5,
            "RowsDone" = ?6, "RowsTotal" = ?7, "IsResync" = ?8, "LastDeltaOn" = ?9, "Message" = ?10,
            "Scope" = ?12, "RefreshedOn" = ?13, "NewestId" = ?14, "NewestVersion" = ?15,
            "DeltaHasIdsOnly" = ?16
        """,
        Subject);

    private readonly SqliteStatement _saveHighest = database.Prepare(
        $"""UPDATE {names.TableSync} SET "HighestVersion" = ?2 WHERE "EntityName" = ?1""", Subject);

    /// <summary>The state of a table: one that has not begun when none was saved.</summary>
    public TableSyncState Read(string table)
    {
        _read.Bind(1, table);
        var state = _read.Step()
            ? new TableSyncState
            {
                Table = table,
                Phase = (TableSyncPhase)_read.Int64(0),
                NextLink = _read.TextOrNull(1),
                DeltaLink = _read.TextOrNull(2),
                BeganOn = _read.Instant(3),
                RowsDone = _read.Int64(4),
                RowsTotal = _read.Int64(5),
                IsResync = _read.Int64(6) != 0,
                LastDeltaOn = _read.Instant(7),
                Message = _read.TextOrNull(8),
                Scope = _read.TextOrNull(10),
                RefreshedOn = _read.Instant(11),
                NewestId = _read.IsNull(12) ? null : SqliteText.ReadGuid(_read.Utf8(12)),
                NewestVersion = new VersionNumber(_read.Int64(13)),
                DeltaHasIdsOnly = _read.Int64(14) != 0,
            }
            : new TableSyncState { Table = table };
        _read.Reset();
        return state;
    }

    /// <summary>The highest version number known of a table; <see langword="null"/>: nobody has looked yet.</summary>
    public long? HighestVersion(string table)
    {
        _read.Bind(1, table);
        long? highest = _read.Step() && !_read.IsNull(9) ? _read.Int64(9) : null;
        _read.Reset();
        return highest;
    }

    /// <summary>Saves a state; the highest version stays as it is.</summary>
    public void Save(TableSyncState state)
    {
        _save.Bind(1, state.Table);
        _save.Bind(2, (long)state.Phase);
        _save.Bind(3, state.NextLink);
        _save.Bind(4, state.DeltaLink);
        _save.Bind(5, state.BeganOn);
        _save.Bind(6, state.RowsDone);
        _save.Bind(7, state.RowsTotal);
        _save.Bind(8, state.IsResync ? 1L : 0L);
        _save.Bind(9, state.LastDeltaOn);
        _save.Bind(10, state.Message);
        _save.BindNull(11);
        _save.Bind(12, state.Scope);
        _save.Bind(13, state.RefreshedOn);
        _save.Bind(14, state.NewestId);
        _save.Bind(15, state.NewestVersion.Value);
        _save.Bind(16, state.DeltaHasIdsOnly ? 1L : 0L);
        _save.Run();
    }

    /// <summary>Saves the highest version number of a table that has a state.</summary>
    public void SaveHighestVersion(ReadOnlySpan<byte> table, long version)
    {
        _saveHighest.Bind(1, table);
        _saveHighest.Bind(2, version);
        _saveHighest.Run();
    }
}
