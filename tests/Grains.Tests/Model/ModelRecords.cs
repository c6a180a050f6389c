using DataExport.Grains.Confirming;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Model;

/// <summary>The records of one schedule between model and product: notifications, pages, questions, fetches.</summary>
internal sealed class ModelRecords
{
    private const int RoundsMax = 500;

    private readonly ModelHost _host;
    private readonly ModelSource _source;
    private readonly Guid[] _ids;
    private readonly ModelColumns _columns;
    private readonly List<(PendingQuestion Question, SourceRecord? Answer, long AnsweredAt)> _fetches = [];
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly HashSet<int> _asked = [];
    private bool? _isLoading;
    private int _lives;

    public ModelRecords(ModelHost host, ModelSource source, int count)
    {
        (_host, _source) = (host, source);
        _ids = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];
        All = [.. Enumerable.Range(0, count)];
        _columns = new ModelColumns(_ids);
    }

    public IReadOnlyList<int> All { get; }

    /// <summary>Called with record and version when a deletion is applied.</summary>
    public Action<int, long> Deleted { get; set; } = static (_, _) => { };

    private ITarget Target => _host.Target.Target;

    public Guid IdOf(int record) => _ids[record];

    /// <summary>A crash: fetches under way and everything that grains remember are gone.</summary>
    public void LoseMemory()
    {
        // Another profile id gives other grains over the same target.
        _lives++;
        _fetches.Clear();
    }

    public async Task SetLoadingAsync(bool isLoading)
    {
        if (_isLoading != isLoading)
        {
            var phase = isLoading ? TableSyncPhase.Load : TableSyncPhase.Delta;
            await Target.SaveSyncStateAsync(
                new TableSyncState { Table = ModelTarget.Table, Phase = phase }, CancellationToken.None);
            _isLoading = isLoading;
        }
    }

    /// <summary>Hands one notification to the record's grain.</summary>
    public async Task NotifyAsync(Note note)
    {
        var hadRow = HasRow(note.Record);
        await EndAsync([note], [await SendAsync(note)], hadRow);
    }

    /// <summary>
    /// Lets all notifications gather behind a write of the first that does not happen; the first is delivered again.
    /// </summary>
    public async Task GatherAsync(IReadOnlyList<Note> notes)
    {
        var hadRow = HasRow(notes[0].Record);
        _host.Writer.Close();
        var first = SendAsync(notes[0]);

        // A redelivery that the grain remembers never reaches the writer.
        _ = await Task.WhenAny(_host.Writer.Entered, first);
        var answers = notes.Select(SendAsync).ToArray();
        _host.Writer.Open();
        _ = await first;
        await EndAsync(notes, await Task.WhenAll(answers), hadRow);
    }

    public MergeItem ReadUpsert(int record, SourceRecord row, long began, bool isResync)
    {
        var isInside = _source.IsInside(row.Columns);
        var kind = isInside ? EvidenceKind.ReadUpsert : EvidenceKind.ReadOutside;
        return Item(
            record,
            new Evidence(kind, AtMilliseconds(began), new VersionNumber(row.Version), Overrides: isResync),
            isInside ? _columns.All(record, row) : null);
    }

    public (MergeItem Item, int Record, long Version) DeltaDeletion(int record, long version, long began) =>
        (Item(record, new Evidence(EvidenceKind.ReadDeletion, AtMilliseconds(began))), record, version);

    public async Task ApplyAsync(MergeItem item)
    {
        var result = (await Target.MergeAsync([item], CancellationToken.None))[0];
        var record = Array.IndexOf(_ids, item.RecordId);
        if (result.Status is ApplyStatus.Uncertain)
        {
            await AskAsync(record);
        }
        else if (result.Status is ApplyStatus.Applied && item.Evidence.Kind is EvidenceKind.ReadOutside)
        {
            Deleted(record, item.Evidence.Version.Value);
        }
    }

    public async Task ApplyAsync((MergeItem Item, int Record, long Version) deletion)
    {
        var result = (await Target.MergeAsync([deletion.Item], CancellationToken.None))[0];
        if (result.Status is ApplyStatus.Applied)
        {
            Deleted(deletion.Record, deletion.Version);
        }
        else if (result.Status is ApplyStatus.Uncertain)
        {
            await AskAsync(deletion.Record);
        }
    }

    /// <summary>Sends a fetch for every open question.</summary>
    public async Task AskAllAsync()
    {
        foreach (var record in All)
        {
            await AskAsync(record);
        }
    }

    /// <summary>One of the fetches under way is answered, with what the source was when it was sent.</summary>
    public async Task AnswerOneAsync(Random random)
    {
        if (_fetches.Count == 0)
        {
            return;
        }

        var fetch = _fetches[random.Next(_fetches.Count)];
        _ = _fetches.Remove(fetch);
        var record = Array.IndexOf(_ids, fetch.Question.RecordId);
        var answer = AnswerOf(fetch.Question.RecordId, record, fetch.Answer);
        var item = FetchAnswers.ToEvidence([fetch.Question], answer, unannouncedMax: 1).Items.Single();
        var result = (await Target.MergeAsync([item], CancellationToken.None))[0];
        if (result.Status is ApplyStatus.Applied && answer.Rows.Count == 0)
        {
            Deleted(record, fetch.Answer?.Version ?? fetch.AnsweredAt);
        }
        else if (result.Status is ApplyStatus.Uncertain)
        {
            await AskAsync(record);
        }
    }

    private FetchedTable AnswerOf(Guid id, int record, SourceRecord? row)
    {
        var version = new VersionNumber(row?.Version ?? 0);
        var isInside = _source.IsInside(row?.Columns);
        return new FetchedTable(
            ModelTarget.Table,
            isInside ? [new SourceRow(id, version, _columns.All(record, row!))] : [],
            IsWholeTableReadable: row is null)
        {
            Outside = row is not null && !isInside ? [new OutsideRow(id, version)] : [],
        };
    }

    /// <summary>
    /// Demands of a filter that records which it never let in have cost no tombstone and, if messages told enough, no
    /// fetch.
    /// </summary>
    public void RequireNoTraceOfOutsiders()
    {
        foreach (var record in All.Where(record => !_source.WasEverInside(record)))
        {
            if (_host.Target.IsLogged(_ids[record]))
            {
                throw new FenceFaultException($"record {record} was never exported and has a tombstone");
            }

            if (_source.HasImages && _asked.Contains(record) && !_source.Restored.Contains(record))
            {
                throw new FenceFaultException($"record {record} was never exported and was asked about");
            }
        }
    }

    /// <summary>Asks until no question is open. Then no row may be provisional.</summary>
    public async Task ConfirmAllAsync(Random random)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            if (_fetches.Count == 0)
            {
                await AskAllAsync();
            }

            if (_fetches.Count == 0)
            {
                RequireConfirmed();
                return;
            }

            await AnswerOneAsync(random);
        }

        throw new FenceFaultException("never quiet");
    }

    /// <summary>Ends a resync. It may ask about nothing but rows that the source no longer has.</summary>
    public async Task AskRowsNotReadSinceAsync(long began)
    {
        _ = await Target.AskRowsNotReadSinceAsync(ModelTarget.Table, AtMilliseconds(began), CancellationToken.None);
        foreach (var record in All)
        {
            if (_source.Read(record) is not null && _host.Target.IsPending(_ids[record]))
            {
                throw new FenceFaultException($"record {record}: the resync brought it and asks about it nevertheless");
            }
        }
    }

    private void RequireConfirmed()
    {
        foreach (var record in All)
        {
            if (_host.Target.Read(_ids[record]) is { Version: null })
            {
                throw new FenceFaultException($"record {record} is provisional and no question is open");
            }
        }
    }

    private Task<ApplyResult> SendAsync(Note note)
    {
        var key = new RecordKey($"{_run}{_lives}", ModelTarget.Table, _ids[note.Record]);
        var isOutside = note.IsInside is false;
        var change = new RecordChange
        {
            Key = key,
            Kind = isOutside ? ChangeKind.Outside : note.Kind,
            ModifiedOn = note.Kind is ChangeKind.Touched ? null : ModelClock.At(note.Second),
            OperationId = note.OperationId,
            Columns = note.Columns.Length == 0 || isOutside ? null : _columns.Sent(note),
            Reason = note.Kind is ChangeKind.Touched ? UncertainReason.OtherMessage : UncertainReason.None,
        };
        var record = _host.Grains.GetGrain<IRecordGrain>(key.ToGrainKey());
        return record.ApplyAsync(change, CancellationToken.None).AsTask();
    }

    /// <summary>
    /// Asks what became a question, and tells the checker of a deletion: one was applied if the answer says so, or if a
    /// row is gone. What gathered has one answer together, so a question beside it may hide the deletion.
    /// </summary>
    private async Task EndAsync(IReadOnlyList<Note> notes, IReadOnlyList<ApplyResult> results, bool hadRow)
    {
        var record = notes[0].Record;
        if (results.Any(result => result.Status is ApplyStatus.Uncertain))
        {
            await AskAsync(record);
        }

        var deletions = notes.Where(note => note.Kind is ChangeKind.Delete).ToArray();
        var isApplied = hadRow || results.Any(result => result.Status is ApplyStatus.Applied);
        if (deletions.Length > 0 && isApplied && !HasRow(record))
        {
            Deleted(record, deletions.Max(deletion => deletion.DeletedAt));
        }
    }

    private bool HasRow(int record) => _host.Target.Read(_ids[record]) is not null;

    private async Task AskAsync(int record)
    {
        var open = await Target.ReadPendingAsync(ModelTarget.Table, 0, DateTime.MaxValue, 100, CancellationToken.None);
        if (open.FirstOrDefault(question => question.RecordId == _ids[record]) is { } question)
        {
            _ = _asked.Add(record);
            _fetches.Add((question, _source.Read(record), _source.Version));
        }
    }

    private static DateTime AtMilliseconds(long milliseconds) =>
        ModelClock.At(milliseconds / 1000).AddMilliseconds(milliseconds % 1000);

    private MergeItem Item(int record, Evidence evidence, ColumnValues? columns = null) =>
        new(ModelTarget.Table, _ids[record], evidence, columns);
}
