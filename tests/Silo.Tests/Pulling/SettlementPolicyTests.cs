using DataExport.Silo.Pulling;

namespace DataExport.Silo.Tests.Pulling;

public sealed class SettlementPolicyTests
{
    [Theory]
    [InlineData(ApplyStatus.Applied, "Complete")]
    [InlineData(ApplyStatus.Superseded, "Complete")]
    [InlineData(ApplyStatus.Uncertain, "Complete")]
    [InlineData(ApplyStatus.Rejected, "Complete")]
    [InlineData(ApplyStatus.Unavailable, "Abandon")]
    public void Decide_EveryStatus_HasASettlement(ApplyStatus status, string action) =>
        SettlementPolicy.Decide(status).Action.ToString().ShouldBe(action);

    [Fact]
    public void Decide_StatusWithoutRule_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => SettlementPolicy.Decide((ApplyStatus)99));

    [Fact]
    public void Decide_OneOfSeveralChangesHasNoAnswer_TheMessageComesAgain() =>
        SettlementPolicy.Decide([ApplyResult.Applied, ApplyResult.Unavailable("away"), ApplyResult.Superseded])
            .ShouldBe(Settlement.Abandon);

    [Fact]
    public void Decide_NoChange_IsComplete() => SettlementPolicy.Decide([]).ShouldBe(Settlement.Complete);
}
