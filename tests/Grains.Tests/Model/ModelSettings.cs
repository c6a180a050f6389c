using System.Globalization;

namespace DataExport.Grains.Tests.Model;

/// <summary>What a run of generated schedules is told from outside.</summary>
internal static class ModelSettings
{
    /// <summary>Replays a failure: the seed stands in its message.</summary>
    public const string SeedVariable = "DATAEXPORT_MODEL_SEED";

    private const string SchedulesVariable = "DATAEXPORT_MODEL_SCHEDULES";

    public static ulong Seed { get; } = ReadNumber(SeedVariable, (ulong)Random.Shared.NextInt64());

    public static int Schedules(int otherwise) => (int)ReadNumber(SchedulesVariable, (ulong)otherwise);

    private static ulong ReadNumber(string variable, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
