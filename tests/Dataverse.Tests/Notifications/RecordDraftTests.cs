using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Tests.Notifications;

/// <summary>One large record must not make every later decode carry its buffer.</summary>
public sealed class RecordDraftTests
{
    private const int LargeBytes = 300 * 1024;
    private static readonly ColumnIndex Account = new(TestTables.Account);
    private static readonly int Name = TestTables.Account.OrdinalOf("name");

    [Fact]
    public void Large_Record_TakesItsBufferAlong() => KeepsBuffer(_ => { }).ShouldBeFalse();

    [Fact]
    public void Large_RecordThatIsAQuestion_TakesItsBufferAlong() =>
        KeepsBuffer(static draft => draft.Take(fits: false)).ShouldBeFalse();

    [Fact]
    public void Large_RecordOfAnUnknownTable_TakesItsBufferAlong() =>
        KeepsBuffer(static draft => draft.ForgetAttributes(), isKnown: false).ShouldBeFalse();

    [Fact]
    public void Large_ValueThatALaterOneReplaces_TakesItsBufferAlong() =>
        KeepsBuffer(static draft => draft.Values.AddText(Name, "short"u8)).ShouldBeFalse();

    [Fact]
    public void Long_ListOfEmptyColumns_TakesItsBufferAlong() => KeepsBuffer(
        static draft =>
        {
            for (var column = 0; column < 30_000; column++)
            {
                draft.Values.AddNull(Name);
            }
        },
        textBytes: 0).ShouldBeFalse();

    [Fact]
    public void Ordinary_Record_LeavesItsBufferToTheNext() =>
        KeepsBuffer(static draft => draft.Take(fits: true), textBytes: 100_000).ShouldBeTrue();

    private static bool KeepsBuffer(Action<RecordDraft> more, int textBytes = LargeBytes, bool isKnown = true)
    {
        var draft = new RecordDraft();
        draft.Begin();
        draft.HasAttributes = true;
        var before = draft.Values;
        draft.Values.AddText(Name, new byte[textBytes]);
        more(draft);

        _ = draft.Finish(
            ParameterRole.Record, new RecordName(Guid.NewGuid(), "account", isKnown ? Account : null), position: 0);

        return ReferenceEquals(draft.Values, before);
    }
}
