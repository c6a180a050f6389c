using DataExport.Silo.Pulling;

namespace DataExport.Silo.Tests.Pulling;

public sealed class CreditLedgerTests
{
    [Fact]
    public void Take_NothingInFlight_GivesAllPlacesOnce()
    {
        var credit = new CreditLedger(messagesMax: 10, bytesMax: long.MaxValue);

        credit.Take().ShouldBe(10);
        credit.Take().ShouldBe(0);
    }

    [Fact]
    public void Take_MessagesSettled_GivesTheirPlacesAgain()
    {
        var credit = new CreditLedger(messagesMax: 10, bytesMax: long.MaxValue);
        _ = credit.Take();
        Receive(credit, 10, 100);

        credit.Take().ShouldBe(0);
        credit.Settled(100);
        credit.Settled(100);
        credit.Take().ShouldBe(2);
    }

    [Fact]
    public void Take_LargeBodies_KeepsBytesUnderTheLimit()
    {
        var credit = new CreditLedger(messagesMax: 2_000, bytesMax: 64 * 1024 * 1024);
        long inFlight = 0;
        for (var round = 0; round < 200; round++)
        {
            var granted = credit.Take();
            Receive(credit, granted, 192 * 1024);
            inFlight += granted * 192L * 1024;
            credit.Settled(192 * 1024);
            inFlight -= 192 * 1024;
            if (round > 190)
            {
                inFlight.ShouldBeLessThanOrEqualTo(2L * 64 * 1024 * 1024 + 2_000L * 192 * 1024);
            }
        }

        credit.Take().ShouldBe(0);
    }

    [Fact]
    public void Take_BodyLargerThanTheLimit_StillLetsOneCome()
    {
        var credit = new CreditLedger(messagesMax: 10, bytesMax: 1_000);

        credit.Take().ShouldBe(1);
        Receive(credit, 1, 50_000);
        credit.Take().ShouldBe(0);
        credit.Settled(50_000);
        credit.Take().ShouldBe(1);
    }

    private static void Receive(CreditLedger credit, int messages, int bytes)
    {
        for (var message = 0; message < messages; message++)
        {
            credit.Received(bytes);
        }
    }
}
