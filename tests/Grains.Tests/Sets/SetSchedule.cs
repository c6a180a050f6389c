using DataExport.Grains.Confirming;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Grains.Tests.Model;

namespace DataExport.Grains.Tests.Sets;

/// <summary>
/// One random schedule: pairs come and go, messages of it are lost, doubled and late, sets and records are asked and
/// deltas are read early and written late, and now and then everything in flight is lost. In the end the target must
/// have what the source has.
/// </summary>
internal sealed class SetSchedule(SetTarget target, ModelClock clock, int seed)
{
    private const int Sides = 3;
    private const int Steps = 60;

    private readonly Random _random = new(seed);

    /// <summary>Whether every change has its message. Then the questions alone must bring everything.</summary>
    private readonly bool _isLossless = seed % 2 == 0;

    private readonly SetSource _source = new();
    private readonly List<(Guid Id, string Column)> _messages = [];
    private readonly List<Func<Task>> _inFlight = [];
    private readonly SetAsideQuestions _setAside = new(TimeSpan.FromHours(1), clock);
    private readonly ConfirmOptions _options = new() { FetchSetsMax = 3 };
    private int _token;
    private bool _isDeltaOut;
    private int _setsOut;

    private SetQuestions Questions => new(target, _options, _setAside);

    public async Task PlayAsync()
    {
        for (var step = 0; step < Steps; step++)
        {
            clock.Milliseconds += _random.Next(0, 8);
            await StepAsync(_random.Next(14));
        }

        await DrainAsync();
        var expected = _source.Pairs.ToDictionary(
            SetSource.IdOf, static pair => (SetSource.LeftId(pair.Left), SetSource.RightId(pair.Right)));
        target.Read().ToDictionary().ShouldBe(expected, ignoreOrder: true, $"seed {seed}");
    }

    private Task StepAsync(int choice) => choice switch
    {
        < 4 => Toggle(),
        4 when !_isLossless => Cascade(),
        < 8 => DeliverAsync(isRedelivered: _random.Next(3) == 0),
        8 => AskSetsAsync(),
        9 => AskRecordsAsync(),
        10 => ReadDelta(),
        < 13 => LandAsync(),
        _ => Crash(),
    };

    private Task Toggle()
    {
        var pair = (Left: _random.Next(Sides), Right: _random.Next(Sides));
        _source.Toggle(pair);
        if (_isLossless || _random.Next(5) > 0)
        {
            _messages.Add(_random.Next(2) == 0
                ? (SetSource.LeftId(pair.Left), "aid")
                : (SetSource.RightId(pair.Right), "bid"));
        }

        return Task.CompletedTask;
    }

    private Task Cascade()
    {
        _source.Cascade(_random.Next(Sides));
        return Task.CompletedTask;
    }

    private async Task DeliverAsync(bool isRedelivered)
    {
        if (_messages.Count == 0)
        {
            return;
        }

        var at = _random.Next(_messages.Count);
        var (id, column) = _messages[at];
        var question = new Evidence(EvidenceKind.Question, Reason: UncertainReason.SetChanged);
        var item = new MergeItem(SetTarget.Table, id, question, SetColumn: column);
        (await target.Target.MergeAsync([item], default))[0].Status.ShouldBe(ApplyStatus.Uncertain);
        if (!isRedelivered)
        {
            _messages.RemoveAt(at);
        }
    }

    private async Task AskSetsAsync()
    {
        if (_isDeltaOut || _setsOut > 0)
        {
            // As the rounds do: one after the other, and none about sets while a delta is read.
            return;
        }

        var now = await target.Target.GetUtcNowAsync(default);
        foreach (var group in await Questions.ReadAsync([SetTarget.Definition], now, default))
        {
            var answer = _source.Fetch(Questions.ToRequest(group));
            _setsOut++;
            _inFlight.Add(async () =>
            {
                _setsOut--;
                _ = await Questions.AnswerAsync(group, answer, now, default);
            });
        }
    }

    private async Task AskRecordsAsync()
    {
        var now = await target.Target.GetUtcNowAsync(default);
        var questions = await target.Target.ReadPendingAsync(SetTarget.Table, 0, now, 100, default);
        var answer = _source.Fetch(new FetchRequest(
            SetTarget.Definition, [.. questions.Select(static question => question.RecordId)]));
        _inFlight.Add(() => target.WriteEvidenceAsync(FetchAnswers.ToEvidence(questions, answer, 100).Items, default));
    }

    private async Task ReadDelta()
    {
        if (_isDeltaOut)
        {
            return;
        }

        _isDeltaOut = true;
        var began = await target.Target.GetUtcNowAsync(default);
        var (page, next) = (_source.Delta(_token), _source.Token);
        _inFlight.Add(() => WriteDeltaAsync(page, next, began));
    }

    private async Task WriteDeltaAsync(SourcePage page, int next, DateTime began)
    {
        _ = await target.WriteEvidenceAsync(
            [
                .. page.Rows.Select(row => new MergeItem(
                    SetTarget.Table,
                    row.RecordId,
                    new Evidence(EvidenceKind.ReadUpsert, began, row.Version),
                    row.Columns)),
                .. page.Deletions.Select(id => new MergeItem(
                    SetTarget.Table, id, new Evidence(EvidenceKind.ReadDeletion, began))),
            ],
            default);
        await target.Target.SettleSetsAskedBeforeAsync(SetTarget.Table, began, default);
        (_token, _isDeltaOut) = (next, false);
    }

    private async Task LandAsync()
    {
        if (_inFlight.Count > 0)
        {
            var at = _random.Next(_inFlight.Count);
            var landing = _inFlight[at];
            _inFlight.RemoveAt(at);
            await landing();
        }
    }

    private Task Crash()
    {
        _inFlight.Clear();
        (_isDeltaOut, _setsOut) = (false, 0);
        return Task.CompletedTask;
    }

    /// <summary>The last messages come, a delta brings what was lost, and questions are asked to the last.</summary>
    private async Task DrainAsync()
    {
        while (_messages.Count > 0)
        {
            await DeliverAsync(isRedelivered: false);
        }

        while (_inFlight.Count > 0)
        {
            await LandAsync();
        }

        clock.Milliseconds += 100;
        if (!_isLossless)
        {
            await ReadDelta();
            await LandAsync();
        }

        for (var round = 0; (await target.Target.CountPendingAsync(default))[SetTarget.Table] > 0; round++)
        {
            round.ShouldBeLessThan(20, $"Questions do not end; seed {seed}");
            clock.Milliseconds += 100;
            await AskSetsAsync();
            await AskRecordsAsync();
            while (_inFlight.Count > 0)
            {
                await LandAsync();
            }
        }
    }
}
