using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>What a merged batch leaves to be written in one table and for it, sorted by statement.</summary>
internal sealed class TableWrites
{
    private TableWrites(TableBatch batch)
    {
        (Table, Now) = (batch.Table, batch.Now);
        foreach (var record in batch.Records)
        {
            (record.Write?.Kind switch
            {
                RowWriteKind.Insert => Inserts,
                RowWriteKind.Replace => Replacements,
                RowWriteKind.Update => Updates,
                _ => null,
            })?.Add(record.Write!);
        }

        DeletedRows = [.. batch.Records.Where(static each => each.IsRowDeleted).Select(static each => each.RecordId)];
        var log = batch.Records.SelectMany(static each => each.Log ?? []).ToList();
        LogInserts = [.. log.Where(static entry => entry.EntryId == 0)];
        LogStamps = [.. log.Where(static entry => entry.EntryId != 0)];
        var changed = batch.Records.Where(static each => each.IsQuestionChanged).ToList();
        Asked = [.. changed.Where(static each => each.State.Question is not null)];
        Settled = [.. changed.Where(static each => each.State.Question is null).Select(static each => each.RecordId)];
        SetQuestions = [.. batch.SetQuestions.Select(static set => (set.Key.Column, set.Key.Value, set.Value))];
    }

    public TargetTable Table { get; }

    /// <summary>The time of the batch.</summary>
    public DateTime Now { get; }

    /// <summary>Rows that are new.</summary>
    public List<RowWrite> Inserts { get; } = [];

    /// <summary>Rows that are written whole over those that are there.</summary>
    public List<RowWrite> Replacements { get; } = [];

    /// <summary>Columns that were sent, for rows that are there.</summary>
    public List<RowWrite> Updates { get; } = [];

    /// <summary>Rows that go, before the new ones come.</summary>
    public Guid[] DeletedRows { get; }

    public LogWrite[] LogInserts { get; }

    public LogWrite[] LogStamps { get; }

    /// <summary>Records whose question is new or was put again.</summary>
    public RecordMerge[] Asked { get; }

    /// <summary>Records whose question is answered.</summary>
    public Guid[] Settled { get; }

    public (string Column, Guid Value, long Number)[] SetQuestions { get; }

    public static TableWrites Of(TableBatch batch) => new(batch);
}
