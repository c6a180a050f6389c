using System.Globalization;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>What was sent for a record, and what was answered.</summary>
internal sealed class HotRecord
{
    private readonly Lock _lock = new();

    public long HighestRead { get; private set; }

    public int Deletions { get; private set; }

    public int Writes { get; private set; }

    public void Note(in Evidence evidence, ApplyResult result)
    {
        lock (_lock)
        {
            HighestRead = evidence.Kind is EvidenceKind.ReadUpsert
                ? Math.Max(HighestRead, evidence.Version.Value)
                : HighestRead;
            var isApplied = result.Status == ApplyStatus.Applied;
            var isDeletion = evidence.Kind
                is EvidenceKind.ReadDeletion or EvidenceKind.NotifiedDelete or EvidenceKind.FetchedAbsent;
            Deletions += isApplied && isDeletion ? 1 : 0;
            Writes += isApplied && !isDeletion ? 1 : 0;
        }
    }
}

/// <summary>Random batches of one silo over records that all silos write.</summary>
internal sealed class HotSchedule(int seed, int silo)
{
    public const int Records = 200;

    /// <summary>
    /// Of these nothing but reads tell: their versions only grow, and what is told last does not matter.
    /// </summary>
    public const int ReadRecords = 60;

    private const int BatchItemsMax = 12;

    private static readonly EvidenceKind[] Kinds = Enum.GetValues<EvidenceKind>();

    private readonly Random _random = new(unchecked((seed * 1_000) + silo));
    private long _version;

    public static Guid IdOf(int record) => new(record + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static string NameOf(long version) => string.Create(CultureInfo.InvariantCulture, $"v{version}");

    public static string TableOf(int record) => record % 2 == 0 ? "contact" : "account";

    public MergeItem[] Batch(DateTime now, IReadOnlyList<PendingQuestion> questions) =>
        [.. Enumerable.Range(0, 1 + _random.Next(BatchItemsMax)).Select(_ => Item(now, questions))];

    private MergeItem Item(DateTime now, IReadOnlyList<PendingQuestion> questions)
    {
        if (questions.Count > 0 && _random.Next(4) == 0)
        {
            return Answer(questions[_random.Next(questions.Count)]);
        }

        var record = _random.Next(Records);
        var kind = record < ReadRecords
            ? new[] { EvidenceKind.ReadUpsert, EvidenceKind.Moved, EvidenceKind.Question }[_random.Next(3)]
            : Kinds[_random.Next(Kinds.Length)];
        var instant = kind is EvidenceKind.ReadUpsert or EvidenceKind.ReadDeletion
            ? now.AddMilliseconds(_random.Next(-200, 1))
            : now.AddSeconds(_random.Next(-3, 9));
        var evidence = new Evidence(kind, instant, VersionOf(kind), Reason: UncertainReason.OtherMessage);
        return new MergeItem(TableOf(record), IdOf(record), evidence, ColumnsOf(record, evidence));
    }

    /// <summary>What a fetch answers that was sent with the question's stamp and number.</summary>
    private MergeItem Answer(PendingQuestion question)
    {
        var record = BitConverter.ToInt32(question.RecordId.ToByteArray()) - 1;
        var kind = record < ReadRecords || _random.Next(3) > 0 ? EvidenceKind.FetchedRow : EvidenceKind.FetchedAbsent;
        var evidence = new Evidence(
            record < ReadRecords ? EvidenceKind.Question : kind, Version: VersionOf(kind),
            ExpectedStamp: question.Stamp, QuestionNumber: question.Number);
        return new MergeItem(question.Table, question.RecordId, evidence, ColumnsOf(record, evidence));
    }

    /// <summary>Versions of different silos are different, and grow at about the same pace.</summary>
    private VersionNumber VersionOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.ReadUpsert or EvidenceKind.FetchedRow or EvidenceKind.Moved =>
            new(((_version += 1 + _random.Next(5)) * 16) + silo),
        _ => default,
    };

    private static ColumnValues? ColumnsOf(int record, in Evidence evidence)
    {
        var table = TableOf(record) == "contact" ? Tables.Contact : Tables.Account;
        return evidence.Kind switch
        {
            EvidenceKind.ReadUpsert or EvidenceKind.FetchedRow => Tables.ValuesOf(
                table, ("fullname", NameOf(evidence.Version.Value)), ("modifiedon", DateTime.UnixEpoch)),
            EvidenceKind.NotifiedCreate => Tables.ValuesOf(table, ("fullname", "created"), ("city", "Oslo")),
            EvidenceKind.NotifiedUpdate => Tables.ValuesOf(table, ("city", "Bergen")),
            _ => null,
        };
    }
}
