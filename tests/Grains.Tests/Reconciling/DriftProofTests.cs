using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Grains.Reconciling;
using DataExport.Grains.Tables;
using DataExport.Grains.Tests.Model;
using DataExport.Grains.Tests.Sets;

namespace DataExport.Grains.Tests.Reconciling;

/// <summary>What of a suspicion stands, over a real target and a source that answers as it is told.</summary>
public sealed class DriftProofTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly Guid s_record = Guid.NewGuid();
    private static readonly Guid s_side = Guid.NewGuid();

    private readonly AnswerSource _source = new();
    private readonly SetTarget _runtime;
    private DateTime _began;

    public DriftProofTests() => _runtime = new SetTarget(new ModelClock()) { Environment = _source };

    public async Task InitializeAsync()
    {
        await _runtime.OpenAsync();
        var evidence = new Evidence(EvidenceKind.ReadUpsert, DateTime.UnixEpoch, new VersionNumber(7));
        await _runtime.Target.MergeAsync([new MergeItem(SetTarget.Table, s_record, evidence, Values(s_side))], default);
        _began = (await HeldAsync()).Stamp!.Value.AddMilliseconds(1);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _runtime.DisposeAsync();
    }

    [Fact]
    public async Task ExtraRow_CallerReadsNotTheWholeTable_IsUndecided()
    {
        _source.Answer = _source.Answer with { IsWholeTableReadable = false };

        var proven = await ProveAsync(walked: 0);

        proven.Drifts.ShouldBeEmpty();
        proven.Undecided.ShouldBe(1);
        proven.Message.ShouldNotBeNull().ShouldContain("organization-level read");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task Row_SourceRefusesTheTable_IsUndecided(long walked)
    {
        _source.Answer = _source.Answer with { IsWholeTableReadable = false, Refusal = "No." };

        (await ProveAsync(walked)).Undecided.ShouldBe(1);
    }

    [Fact]
    public async Task ExtraRow_Absent_IsDeletedByItsStamp()
    {
        var drift = (await ProveAsync(walked: 0)).Drifts.ShouldHaveSingleItem();

        drift.Drift.Kind.ShouldBe(DriftKind.Extra);
        drift.Repair.Evidence.ShouldBe(new Evidence(
            EvidenceKind.FetchedAbsent, ExpectedStamp: (await HeldAsync()).Stamp, Overrides: true));
    }

    [Fact]
    public async Task ExtraRow_OutsideTheFilter_NeedsNoProofOfTheWholeTable()
    {
        _source.Answer = _source.Answer with
        {
            IsWholeTableReadable = false,
            Outside = [new OutsideRow(s_record, new VersionNumber(9))],
        };

        var drift = (await ProveAsync(walked: 0)).Drifts.ShouldHaveSingleItem();

        (drift.Drift.Kind, drift.Repair.Evidence.Kind).ShouldBe((DriftKind.Extra, EvidenceKind.FetchedOutside));
    }

    [Fact]
    public async Task ExtraRow_WrittenSinceTheWalkBegan_IsNotEvenAskedFor()
    {
        _began = (await HeldAsync()).Stamp!.Value;

        (await ProveAsync(walked: 0)).Drifts.ShouldBeEmpty();

        _source.Fetches.ShouldBe(0);
    }

    [Theory]
    [InlineData(9, 9, DriftKind.Stale)]
    [InlineData(5, 5, DriftKind.Ahead)]
    [InlineData(9, 10, null)]
    [InlineData(0, 9, null)]
    public async Task Row_ChangedSinceItWasWalked_IsNoDrift(long walked, long fetched, DriftKind? kind)
    {
        Answer(fetched, s_side);

        var drifts = (await ProveAsync(walked)).Drifts;

        drifts.Select(static drift => (DriftKind?)drift.Drift.Kind).ShouldBe(kind is null ? [] : [kind]);
    }

    [Fact]
    public async Task Row_DeletedSinceItWasWalked_IsNoDrift() =>
        (await ProveAsync(walked: 9)).Drifts.ShouldBeEmpty();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Row_OfTheSameVersion_IsAlteredIfItsCellsAreOthers(bool withCells, bool isOther)
    {
        Answer(7, isOther ? Guid.NewGuid() : s_side);

        var drifts = (await ProveAsync(walked: 7, withCells)).Drifts;

        drifts.SelectMany(static drift => drift.Drift.Columns).ShouldBe(withCells && isOther ? ["aid"] : []);
    }

    [Fact]
    public async Task Source_AwayForAMoment_IsAskedAgain()
    {
        (_source.Outages, _source.Answer) = (1, _source.Answer);

        (await ProveAsync(walked: 0)).Drifts.Count.ShouldBe(1);
        _source.Fetches.ShouldBe(2);
    }

    private void Answer(long version, Guid side) => _source.Answer = _source.Answer with
    {
        Rows = [new SourceRow(s_record, new VersionNumber(version), Values(side))],
    };

    private static ColumnValues Values(Guid side)
    {
        var builder = new ColumnValuesBuilder();
        builder.Add(1, side);
        return builder.Build(SetTarget.Definition.Layout);
    }

    private async Task<HeldRow> HeldAsync() =>
        (await _runtime.Target.ReadHeldAsync(SetTarget.Table, [s_record], default)).Single();

    private Task<ProvenGroup> ProveAsync(long walked, bool withCells = false)
    {
        var retries = new TableSyncOptions { RetryDelay = TimeSpan.FromMilliseconds(1) };
        var context = new ReconcileContext(
            _runtime,
            null!,
            new ReconcileRequest { Cells = withCells },
            new ReconcileLimits(new ReconcileOptions(), 1_000, retries),
            TimeProvider.System);
        return new DriftProof(context, SetTarget.Definition, _began)
            .RunAsync([new Suspect(s_record, new VersionNumber(walked))], default);
    }
}
