namespace DataExport.Sandbox.Tests;

/// <summary>What counts as a page that is read again.</summary>
public sealed class PageRepeatsTests
{
    private readonly PageRepeats _repeats = new();

    [Fact]
    public void Walk_ReadOnceOrTwice_RepeatsNoPage()
    {
        Read(null, "2", "3");
        Read(null, "2", "3");

        _repeats.Pages.ShouldBe(0);
    }

    [Fact]
    public void Page_AskedForAgainAfterItsNext_IsRepeated()
    {
        Ask(null, "2");
        Ask("2", "3");
        Ask(null, "2");
        Ask("2", "3");
        Ask("3", null);

        _repeats.Pages.ShouldBe(1, "the second page was asked for again, but nothing had been done with it");
    }

    [Fact]
    public void IdsWalkedAgainAfterADelta_AreAnotherSync()
    {
        Read(null, "2");
        _repeats.AskedDelta("contact");
        Read(null, "2");

        (_repeats.Walks, _repeats.Pages).ShouldBe((1, 0));
    }

    private void Read(params string?[] tokens)
    {
        for (var page = 0; page < tokens.Length; page++)
        {
            Ask(tokens[page], page + 1 < tokens.Length ? tokens[page + 1] : null);
        }
    }

    private void Ask(string? token, string? next)
    {
        var page = new WalkPage("contact", IdsOnly: true, token);
        _repeats.Asked(page);
        if (next is null)
        {
            _repeats.Ends(page);
        }
        else
        {
            _repeats.Leads(page, next);
        }
    }
}
