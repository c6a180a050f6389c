using DataExport.Grains.Fence;
using DataExport.Grains.Records;

namespace DataExport.Grains.Tests.Records;

public sealed class ChangeFoldingTests
{
    private static readonly DateTime s_time = new(2026, 1, 2, 3, 4, 0, DateTimeKind.Utc);

    [Fact]
    public void Fold_UpdatesOfRisingSeconds_AreOneThatMeetsTheFenceWithTheOldestAndHoldsTheNewest()
    {
        var folded = Fold(Update(3, (0, 30)), Update(1, (0, 10), (1, 11)), Update(2, (2, 22)));

        var only = folded.ShouldHaveSingleItem();
        only.Evidence.ShouldBe(new Evidence(EvidenceKind.NotifiedUpdate, At(1), NewestInstant: At(3)));
        Values(only).ShouldBe("0=30 1=11 2=22");
    }

    [Fact]
    public void Fold_UpdatesOfOneSecondThatAgree_AreOne()
    {
        var folded = Fold(Update(1, (0, 10), (1, 11)), Update(1, (1, 11), (2, 12)));

        Values(folded.ShouldHaveSingleItem()).ShouldBe("0=10 1=11 2=12");
    }

    [Fact]
    public void Fold_UpdatesOfOneSecondThatContradict_AreWrittenUpToThereAndAsked()
    {
        var folded = Fold(Update(1, (0, 10)), Update(2, (0, 20)), Update(2, (0, 21)), Update(3, (0, 30)));

        folded.Count.ShouldBe(2);
        folded[1].Evidence.ShouldBe(new Evidence(EvidenceKind.Question, Reason: UncertainReason.Contradiction));
        Values(folded[0]).ShouldBeOneOf("0=20", "0=21");
    }

    [Fact]
    public void Fold_OldestSecondAgreesOnlyWithThePart_ContradictionWithTheWholeGroupIsSeen()
    {
        // The third agrees with the second, which it follows in order, but not with what the first of its second said.
        var folded = Fold(Update(1, (0, 10)), Update(1, (1, 11)), Update(1, (0, 99)));

        folded[^1].Evidence.Reason.ShouldBe(UncertainReason.Contradiction);
    }

    [Fact]
    public void Fold_SameSecondDiffersFromAnEarlierSecondOnly_IsNoContradiction()
    {
        var folded = Fold(Update(1, (0, 10)), Update(2, (1, 21)), Update(2, (0, 20)));

        Values(folded.ShouldHaveSingleItem()).ShouldBe("0=20 1=21");
    }

    [Fact]
    public void Fold_CreateAndUpdateOfOneSecond_CreateComesFirst()
    {
        var folded = Fold(Update(1, (1, 11)), Create(1, (0, 10)));

        folded[0].Evidence.Kind.ShouldBe(EvidenceKind.NotifiedCreate);
        Values(folded[0]).ShouldBe("0=10 1=11");
    }

    [Fact]
    public void Fold_SecondCreate_IsAsked()
    {
        var folded = Fold(Create(1, (0, 10)), Create(2, (0, 20)));

        folded[^1].Evidence.Kind.ShouldBe(EvidenceKind.Question);
    }

    [Fact]
    public void Fold_UpsertsAndDeletions_NewestDeletionComesLast()
    {
        var folded = Fold(Delete(5), Update(1, (0, 10)), Delete(7));

        folded.Select(each => each.Evidence.Kind)
            .ShouldBe([EvidenceKind.NotifiedUpdate, EvidenceKind.NotifiedDelete]);
        folded[^1].Evidence.Instant.ShouldBe(At(7));
    }

    [Fact]
    public void Fold_ChangeWithoutModifiedOn_IsAsked()
    {
        var folded = Fold(Update(1, (0, 10)), Update(2, (0, 20)) with { ModifiedOn = null });

        folded[^1].Evidence.Reason.ShouldBe(UncertainReason.NoModifiedOn);
    }

    [Fact]
    public void Fold_ColumnsOfOtherLayout_IsAsked()
    {
        var other = Update(2, (0, 20));
        other = other with { Columns = Columns(layout: 2, (0, 20)) };

        Fold(Update(1, (0, 10)), other)[^1].Evidence.Kind.ShouldBe(EvidenceKind.Question);
    }

    private static List<FoldedChange> Fold(params RecordChange[] gathered) => ChangeFolding.Fold([.. gathered]);

    private static RecordChange Create(int second, params (int Ordinal, long Value)[] columns) =>
        Update(second, columns) with { Kind = ChangeKind.Create };

    private static RecordChange Update(int second, params (int Ordinal, long Value)[] columns) => new()
    {
        Key = new RecordKey("p", "t", Guid.Empty),
        Kind = ChangeKind.Update,
        ModifiedOn = At(second),
        Columns = Columns(1, columns),
    };

    private static RecordChange Delete(int second) => new()
    {
        Key = new RecordKey("p", "t", Guid.Empty), Kind = ChangeKind.Delete, ModifiedOn = At(second),
    };

    private static ColumnValues Columns(long layout, params (int Ordinal, long Value)[] columns)
    {
        var builder = new ColumnValuesBuilder();
        foreach (var (ordinal, value) in columns)
        {
            builder.Add(ordinal, value);
        }

        return builder.Build(layout);
    }

    private static string Values(FoldedChange folded)
    {
        var texts = new List<string>();
        foreach (var value in folded.Columns!)
        {
            texts.Add($"{value.Ordinal}={value.ToString()}");
        }

        return string.Join(' ', texts);
    }

    private static DateTime At(int second) => s_time.AddSeconds(second);
}
