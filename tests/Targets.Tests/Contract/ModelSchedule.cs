using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>Random evidence of a few records, its times and versions close together, where rules meet.</summary>
internal sealed class ModelSchedule(int seed)
{
    private static readonly EvidenceKind[] Kinds = Enum.GetValues<EvidenceKind>();

    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly Random _random = new(seed);
    private readonly Guid[] _records =
        [.. Enumerable.Range(1, 6).Select(number => new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))];

    public int Next(int limit) => _random.Next(limit);

    /// <summary>A row's <c>modifiedon</c> grows with its version, as at the source.</summary>
    public static DateTime ModifiedOnOf(long version) =>
        Noon.AddSeconds((version / 3) - 10);

    /// <summary>What is merged together: evidence of all kinds, or a page.</summary>
    public List<(MergeItem Item, string? Name, string? City)> Batch(
        DateTime now, Func<Guid, DateTime?> stampOf, IReadOnlyDictionary<Guid, PendingQuestion> questions)
    {
        if (_random.Next(3) > 0)
        {
            return [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Step(now, stampOf, questions))];
        }

        var began = Near(now);
        return [.. Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => PageRow(now, began))];
    }

    private (MergeItem Item, string? Name, string? City) PageRow(DateTime now, DateTime began)
    {
        var (name, city, version) = ($"name {_random.Next(1000)}", $"city {_random.Next(1000)}", VersionNear(now));
        var evidence = new Evidence(EvidenceKind.ReadUpsert, began, new(version));
        var columns = Tables.Values(name, city, ModifiedOnOf(version));
        return (new MergeItem("contact", _records[_random.Next(_records.Length)], evidence, columns), name, city);
    }

    /// <summary>One piece of evidence with its columns.</summary>
    private (MergeItem Item, string? Name, string? City) Step(
        DateTime now, Func<Guid, DateTime?> stampOf, IReadOnlyDictionary<Guid, PendingQuestion> questions)
    {
        var record = _records[_random.Next(_records.Length)];
        var kind = Kinds[_random.Next(Kinds.Length)];
        var name = $"name {_random.Next(1000)}";
        var city = _random.Next(2) == 0 && kind is EvidenceKind.NotifiedUpdate ? null : $"city {_random.Next(1000)}";
        var version = VersionNear(now);
        var question = questions.GetValueOrDefault(record);
        var evidence = kind switch
        {
            EvidenceKind.ReadUpsert or EvidenceKind.ReadOutside =>
                new Evidence(kind, Near(now), new(version), Overrides: _random.Next(5) == 0),
            EvidenceKind.Moved => new Evidence(kind, Near(now), new(version)),
            EvidenceKind.ReadDeletion => new Evidence(kind, Near(now)),
            EvidenceKind.FetchedRow or EvidenceKind.FetchedAbsent or EvidenceKind.FetchedOutside => new Evidence(
                kind,
                Version: new(kind is EvidenceKind.FetchedAbsent ? 0 : version),
                ExpectedStamp: _random.Next(4) == 0 ? Near(now) : stampOf(record),
                QuestionNumber: (question?.Number ?? 0) - (_random.Next(4) == 0 ? 1 : 0),
                Overrides: _random.Next(8) == 0),
            EvidenceKind.NotifiedDelete => new Evidence(kind, WholeSecond(now).AddSeconds(_random.Next(-2, 9))),
            EvidenceKind.Question => new Evidence(kind, Reason: UncertainReason.OtherMessage),
            _ => new Evidence(kind, WholeSecond(now).AddSeconds(_random.Next(-3, 4))),
        };
        var carries = kind is EvidenceKind.NotifiedCreate or EvidenceKind.NotifiedUpdate
            or EvidenceKind.ReadUpsert or EvidenceKind.FetchedRow;
        var columns = carries ? Tables.Values(name, city, ModifiedOnOf(version)) : null;
        return (new MergeItem("contact", record, evidence, columns), name, city);
    }

    private long VersionNear(DateTime now) => ((now - Noon).Ticks / TimeSpan.TicksPerSecond * 3) + _random.Next(30);

    private DateTime Near(DateTime now) => now.AddMilliseconds(_random.Next(-2000, 1));

    private static DateTime WholeSecond(DateTime now) => now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
}
