using FsCheck;
using FsCheck.Fluent;

namespace DataExport.Grains.Tests.Model;

/// <summary>What happens next in a schedule.</summary>
public enum StepKind
{
    Change = 0,
    Deliver = 1,
    Gather = 2,
    ReadRest = 3,
    ReadDelta = 4,
    ApplyPage = 5,
    AnswerFetch = 6,
    Crash = 7,
    AskAll = 8,
}

/// <summary>One step. All its choices follow from <paramref name="Seed"/>, so that a shrunk schedule replays.</summary>
public readonly record struct Step(StepKind Kind, int Seed);

/// <summary>A schedule: everything that happens to one to four records, in order.</summary>
/// <param name="Setup">Seed of what is there at the beginning.</param>
/// <param name="IsHonest">No loss, no silent change, no delta: nothing heals a notification that was dropped.</param>
/// <param name="Steps">What happens.</param>
public sealed record Schedule(int Setup, bool IsHonest, IReadOnlyList<Step> Steps)
{
    public override string ToString() =>
        $"Setup {Setup}, {(IsHonest ? "honest" : "lossy")}: "
        + string.Join(' ', Steps.Select(step => $"{step.Kind}({step.Seed})"));
}

/// <summary>Generates and shrinks schedules.</summary>
internal static class Schedules
{
    private const int SeedMax = 1 << 20;

    public static Arbitrary<Schedule> Arbitrary { get; } = Arb.From(Generator(), Shrink);

    private static Gen<Schedule> Generator()
    {
        var kind = Gen.Frequency(
            (40, Gen.Constant(StepKind.Change)),
            (14, Gen.Constant(StepKind.Deliver)),
            (9, Gen.Constant(StepKind.Gather)),
            (7, Gen.Constant(StepKind.ReadRest)),
            (8, Gen.Constant(StepKind.ReadDelta)),
            (9, Gen.Constant(StepKind.ApplyPage)),
            (8, Gen.Constant(StepKind.AnswerFetch)),
            (2, Gen.Constant(StepKind.Crash)),
            (3, Gen.Constant(StepKind.AskAll)));
        var step = from each in kind from seed in Gen.Choose(0, SeedMax) select new Step(each, seed);
        return
            from setup in Gen.Choose(0, SeedMax)
            from length in Gen.Choose(5, 60)
            from steps in step.ArrayOf(length)
            select new Schedule(setup, setup % 2 == 1, steps);
    }

    /// <summary>Leaves out ever smaller parts.</summary>
    private static IEnumerable<Schedule> Shrink(Schedule schedule)
    {
        for (var part = schedule.Steps.Count / 2; part >= 1; part /= 2)
        {
            for (var from = 0; from + part <= schedule.Steps.Count; from += part)
            {
                yield return schedule with
                {
                    Steps = [.. schedule.Steps.Take(from), .. schedule.Steps.Skip(from + part)],
                };
            }
        }
    }
}
