using DataExport.Grains.Budget;

namespace DataExport.Grains.Tests.Budget;

public sealed class BudgetLedgerTests
{
    private static readonly SourceBudgetOptions s_options = new()
    {
        Window = TimeSpan.FromSeconds(300),
        RequestsMax = 1_000,
        ExecutionMax = TimeSpan.FromSeconds(200),
        ConcurrentMax = 52,
    };

    private readonly BudgetLedger _ledger = new(s_options);
    private TimeSpan _now;

    [Theory]
    [InlineData(SourceWork.Fetch)]
    [InlineData(SourceWork.Load)]
    public void Take_WorkWithoutEnd_UsesNearlyAllOfTheRequestsAndNeverMore(SourceWork work)
    {
        var sent = AskForEver(work, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3_000));

        MostInAnyWindow(sent, _ => 1).ShouldBeLessThanOrEqualTo(s_options.RequestsMax);
        sent.Count.ShouldBeGreaterThan((int)(0.95 * 10 * s_options.RequestsMax));
    }

    [Fact]
    public void Take_SlowRequests_UseNearlyAllOfTheTimeAndNeverMore()
    {
        var sent = AskForEver(SourceWork.Load, TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(3_000));

        MostInAnyWindow(sent, each => each.Took.TotalSeconds).ShouldBeLessThanOrEqualTo(200);
        sent.Sum(each => each.Took.TotalSeconds).ShouldBeGreaterThan(0.95 * 10 * 200);
    }

    [Fact]
    public void Take_ManyAtOnce_LeavesPlacesToFetches()
    {
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1)));

        TakeAll(SourceWork.Load).Count.ShouldBe(51);
        TakeAll(SourceWork.Fetch).Count.ShouldBe(1);
    }

    [Fact]
    public void Take_BeforeTheFirstAnswer_IsCautious()
    {
        TakeAll(SourceWork.Fetch).Count.ShouldBe(4);
    }

    [Fact]
    public void Take_LoadsFollowTheHintAndFetchesDoNot()
    {
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1), DopHint: 6));

        TakeAll(SourceWork.Load).Count.ShouldBe(6);
        _now += TimeSpan.FromSeconds(1);
        TakeAll(SourceWork.Fetch).Count.ShouldBe(46);
    }

    [Fact]
    public void Take_WhileAFetchWaits_NoLoadGoesFirst()
    {
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1)));
        var leases = TakeAll(SourceWork.Fetch);
        GiveBack(leases[0]);

        _ledger.Take(SourceWork.Load, _now).Lease.ShouldBe(0, "a fetch was refused just now");
        _ledger.Take(SourceWork.Fetch, _now).Lease.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Take_OthersOfTheSameUser_TakeTheirPart()
    {
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1), RequestsLeft: 100));

        Count(SourceWork.Fetch).ShouldBe(90, "one hundred are left, and one of a hundred of all stays");
    }

    [Fact]
    public void Take_HeaderOfOneOfManyServers_DoesNotEnlargeTheBudget()
    {
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1), RequestsLeft: 999_999, TimeLeft: TimeSpan.FromDays(1)));

        Count(SourceWork.Fetch).ShouldBe(990);
    }

    [Fact]
    public void Take_InsideRetryAfter_IsQuietToTheSecond()
    {
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1), RetryAfter: TimeSpan.FromSeconds(17)));
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1), RetryAfter: TimeSpan.FromSeconds(5)));

        _now += TimeSpan.FromSeconds(16.9);
        var refused = _ledger.Take(SourceWork.Fetch, _now);
        _now += refused.AskAgainAfter;

        refused.ShouldBe(new BudgetAnswer(0, TimeSpan.FromSeconds(0.1), IsQuiet: true));
        _ledger.Take(SourceWork.Fetch, _now).Lease.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Take_LeasesOfASiloThatDied_AreForgotten()
    {
        Tell(new SourceUse(TimeSpan.FromMilliseconds(1)));
        _ = TakeAll(SourceWork.Fetch);

        _now += s_options.LeaseMax + TimeSpan.FromSeconds(1);

        TakeAll(SourceWork.Fetch).Count.ShouldBe(52);
    }

    private void Tell(SourceUse use) => _ledger.GiveBack(0, use, _now);

    private void GiveBack(long lease) => _ledger.GiveBack(lease, new SourceUse(TimeSpan.FromMilliseconds(1)), _now);

    private List<long> TakeAll(SourceWork work)
    {
        var leases = new List<long>();
        while (_ledger.Take(work, _now) is { Lease: > 0 } taken)
        {
            leases.Add(taken.Lease);
        }

        return leases;
    }

    /// <summary>Requests one after the other at one time.</summary>
    private int Count(SourceWork work)
    {
        var count = 0;
        for (; _ledger.Take(work, _now) is { Lease: > 0 } taken; count++)
        {
            GiveBack(taken.Lease);
        }

        return count;
    }

    private List<(TimeSpan At, TimeSpan Took)> AskForEver(SourceWork work, TimeSpan took, TimeSpan until)
    {
        var sent = new List<(TimeSpan, TimeSpan)>();
        Tell(new SourceUse(took));
        while (_now < until)
        {
            var answer = _ledger.Take(work, _now);
            if (answer.Lease == 0)
            {
                _now += answer.AskAgainAfter;
                continue;
            }

            sent.Add((_now, took));
            _now += took;
            _ledger.GiveBack(answer.Lease, new SourceUse(took), _now);
        }

        return sent;
    }

    private static double MostInAnyWindow(
        List<(TimeSpan At, TimeSpan Took)> sent, Func<(TimeSpan At, TimeSpan Took), double> amount)
    {
        var most = 0.0;
        var sum = 0.0;
        var first = 0;
        foreach (var each in sent)
        {
            sum += amount(each);
            for (; each.At - sent[first].At >= s_options.Window; first++)
            {
                sum -= amount(sent[first]);
            }

            most = Math.Max(most, sum);
        }

        return most;
    }
}
