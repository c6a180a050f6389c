using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Model;

/// <summary>
/// Plays one schedule against the real record grain and the real target, watches every step, lets everything settle,
/// and demands equality. The executable form of the design's fence, in its own words.
/// </summary>
internal sealed class ScheduleRun
{
    private static readonly int[] s_ticks = [0, 1, 5, 400, 1500, 9000];

    private readonly ModelHost _host;
    private readonly Schedule _schedule;
    private readonly ModelSource _source;
    private readonly ModelRecords _records;
    private readonly FenceChecker _checker;
    private readonly Queue<PageRead> _pages = new();
    private List<Note> _bus = [];
    private List<int> _later = [];
    private long _token;

    public ScheduleRun(ModelHost host, Schedule schedule)
    {
        _host = host;
        _schedule = schedule;
        _source = new ModelSource(host.Clock, host.Target.IsFiltered, hasImages: schedule.Setup % 4 < 2);
        var count = new Random(schedule.Setup).Next(1, 5);
        _records = new ModelRecords(host, _source, count);
        _checker = new FenceChecker(_source, record => host.Target.Read(_records.IdOf(record)), _records.All);
        _records.Deleted = _checker.Deleted;
    }

    public async Task PlayAsync()
    {
        await SetUpAsync(new Random(_schedule.Setup));
        foreach (var step in _schedule.Steps)
        {
            await PlayAsync(step.Kind, new Random(step.Seed));
            _checker.Watch();
        }

        await SettleAsync(new Random(_schedule.Setup));
        _checker.RequireEqual("at the end");
        if (_source.IsFiltered)
        {
            _records.RequireNoTraceOfOutsiders();
        }

        await RestoreEnvironmentAsync(new Random(_schedule.Setup));
        _checker.RequireEqual("after a restored environment was read again");
    }

    /// <summary>
    /// An earlier activation may have left tombstones; the first token is taken; the first page is read.
    /// </summary>
    private async Task SetUpAsync(Random random)
    {
        foreach (var record in _records.All)
        {
            var choice = random.NextDouble();
            if (choice < .8)
            {
                _ = _source.Create(record);
            }

            if (choice < .2)
            {
                var deletion = _source.Delete(record);
                await _records.ApplyAsync(_records.DeltaDeletion(record, deletion.DeletedAt, _host.Clock.Milliseconds));
                _ = _source.Restore(record, touchesModifiedOn: random.NextDouble() < .5);
            }
        }

        Tick(random);
        _token = _source.Version;
        _later = [.. _records.All.Skip(2)];
        ReadPage(_records.All.Take(2));
        if (_schedule.IsHonest)
        {
            ReadPage(_later);
            _later = [];
            await ApplyPageAsync(_pages.Dequeue());
            await ApplyPageAsync(_pages.Dequeue());
        }
    }

    private async Task PlayAsync(StepKind kind, Random random)
    {
        Tick(random);
        switch (kind)
        {
            case StepKind.Change:
                Change(random);
                break;
            case StepKind.Deliver when _bus.Count > 0:
                await DeliverOneAsync(random);
                break;
            case StepKind.Gather when _bus.Count > 0:
                await GatherAsync(_bus[random.Next(_bus.Count)].Record, random);
                break;
            case StepKind.ReadRest when _later.Count > 0:
                ReadPage(_later);
                _later = [];
                break;
            case StepKind.ReadDelta when !_schedule.IsHonest:
                ReadDelta();
                break;
            case StepKind.ApplyPage when _pages.Count > 0:
                await ApplyPageAsync(_pages.Dequeue());
                break;
            case StepKind.AnswerFetch:
                await _records.AnswerOneAsync(random);
                break;
            case StepKind.Crash:
                _records.LoseMemory();
                break;
            case StepKind.AskAll:
                await _records.AskAllAsync();
                break;
            default:
                break;
        }
    }

    private void Tick(Random random) => _host.Clock.Milliseconds += s_ticks[random.Next(s_ticks.Length)];

    private void Change(Random random)
    {
        var record = random.Next(_records.All.Count);
        Note? note = null;
        if (_source.Read(record) is not null)
        {
            note = random.NextDouble() < .13
                ? _source.Delete(record)
                : _source.Update(record, random, silent: !_schedule.IsHonest && random.NextDouble() < .08);
        }
        else if (!_source.CanRestore(record))
        {
            note = _source.Create(record);
        }
        else if (random.NextDouble() < .5)
        {
            note = _source.Restore(record, touchesModifiedOn: random.NextDouble() < .5);
        }

        // Some posts are lost, some come twice.
        if (note is not null && (_schedule.IsHonest || random.NextDouble() > .1))
        {
            _bus.AddRange(Enumerable.Repeat(note, random.NextDouble() < .2 ? 2 : 1));
        }
    }

    private async Task DeliverOneAsync(Random random)
    {
        var note = _bus[random.Next(_bus.Count)];
        _ = _bus.Remove(note);
        await DeliverAsync(note);
        if (random.NextDouble() < .05)
        {
            // A crash came before the message was settled.
            _bus.Add(note);
            _records.LoseMemory();
        }
    }

    private async Task DeliverAsync(Note note)
    {
        await _records.SetLoadingAsync(IsLoading);
        await _records.NotifyAsync(note);
    }

    private async Task GatherAsync(int record, Random random)
    {
        // Some stay behind and come late, of every second that the group spans; doubles may be on either side.
        var sides = _bus.ToLookup(note => note.Record == record && random.NextDouble() < .8);
        var gathered = sides[true].ToArray();
        _bus = [.. sides[false]];
        random.Shuffle(gathered);
        await _records.SetLoadingAsync(IsLoading);
        if (gathered.Length > 0)
        {
            await _records.GatherAsync(gathered);
        }
    }

    private bool IsLoading => _later.Count > 0 || _pages.Any(page => page.Token is null);

    private void ReadPage(IEnumerable<int> records) => _pages.Enqueue(new PageRead(
        [.. records.Where(_source.Rows.ContainsKey).Select(record => (record, _source.Rows[record]))],
        [],
        null,
        _host.Clock.Milliseconds));

    private void ReadDelta()
    {
        var delta = _source.ReadDelta(_token);
        _pages.Enqueue(new PageRead(delta.Rows, delta.Deletions, delta.Token, _host.Clock.Milliseconds));
    }

    private async Task ApplyPageAsync(PageRead page, bool isResync = false)
    {
        await _records.SetLoadingAsync(IsLoading || page.Token is null);
        foreach (var (record, row) in page.Rows)
        {
            await _records.ApplyAsync(_records.ReadUpsert(record, row, page.Began, isResync));
        }

        foreach (var (record, version) in page.Deletions)
        {
            await _records.ApplyAsync(_records.DeltaDeletion(record, version, page.Began));
        }

        _token = Math.Max(_token, page.Token ?? 0);
    }

    /// <summary>A last crash, then everything arrives, then all questions are asked until there are none.</summary>
    private async Task SettleAsync(Random random)
    {
        if (!_source.IsFiltered || random.Next(2) == 0)
        {
            // What a filter leaves out leaves no trace: fetches that outlive the last messages are what tries it.
            _records.LoseMemory();
        }

        if (_later.Count > 0)
        {
            ReadPage(_later);
            _later = [];
        }

        var rest = _bus.ToArray();
        random.Shuffle(rest);
        _bus = [];
        foreach (var note in rest)
        {
            await DeliverAsync(note);
        }

        while (_pages.TryDequeue(out var page))
        {
            await ApplyPageAsync(page);
        }

        if (!_schedule.IsHonest)
        {
            _host.Clock.Milliseconds += 60_000;
            ReadDelta();
            await ApplyPageAsync(_pages.Dequeue());
        }

        await _records.ConfirmAllAsync(random);
    }

    /// <summary>The source goes back to a backup and lives on; one resync must mend the target.</summary>
    private async Task RestoreEnvironmentAsync(Random random)
    {
        var (backup, version) = (new Dictionary<int, SourceRecord>(_source.Rows), _source.Version);
        foreach (var record in backup.Keys)
        {
            _ = _source.Update(record, random, silent: false);
        }

        _host.Clock.Milliseconds += 60_000;
        ReadDelta();
        await ApplyPageAsync(_pages.Dequeue());
        if (_source.IsFiltered)
        {
            // What entered by the delta is asked; an answer of the time before would be one of another history.
            await _records.ConfirmAllAsync(random);
        }

        _source.SetBackTo(backup, version);
        _host.Clock.Milliseconds += 60_000;
        foreach (var record in backup.Keys.Where(_ => random.NextDouble() < .6))
        {
            _ = _source.Update(record, random, silent: false);
        }

        var began = _host.Clock.Milliseconds;
        ReadPage(_records.All);
        _host.Clock.Milliseconds += 1_000;
        await ApplyPageAsync(_pages.Dequeue(), isResync: true);
        await _records.AskRowsNotReadSinceAsync(began);
        await _records.ConfirmAllAsync(random);
    }

    private sealed record PageRead(
        IReadOnlyList<(int Record, SourceRecord Row)> Rows,
        IReadOnlyList<(int Record, long Version)> Deletions,
        long? Token,
        long Began);
}
