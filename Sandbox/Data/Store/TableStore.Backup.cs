namespace DataExport.Sandbox;

// Backups: rows keep their numbers, so that a record made after a backup never comes back under the id of another.
internal sealed partial class TableStore
{
    /// <summary>The table as it is.</summary>
    public TableBackup Backup()
    {
        lock (Gate)
        {
            var records = new RecordState[_count];
            for (uint number = 0; number < _count; number++)
            {
                records[number] = At(number);
            }

            return new TableBackup(records, _log.Copy(), _alive);
        }
    }

    /// <summary>Makes the table what it was: what was created since has never been.</summary>
    public void SetBack(TableBackup backup)
    {
        lock (Gate)
        {
            for (uint number = 0; number < _count; number++)
            {
                ref var state = ref At(number);
                var before = number < backup.Records.Length ? backup.Records[number] : default;
                if (table.HasSets && state.IsAlive != before.IsAlive)
                {
                    _stored!.SetAlive(number, before.IsAlive);
                }

                state = before;
            }

            (_log, _alive) = (backup.Log.Copy(), backup.Alive);
        }
    }
}

/// <summary>A table as it was.</summary>
/// <param name="Records">Its records by number.</param>
/// <param name="Log">Its change log.</param>
/// <param name="Alive">How many existed.</param>
internal sealed record TableBackup(RecordState[] Records, ChangeLog Log, long Alive);
