using DataExport.Grains.Ports;

namespace DataExport.Targets.Layout;

/// <summary>Puts the plans of tables into words.</summary>
internal static class TargetPlans
{
    internal static TargetPlan Of(IReadOnlyList<SchemaPlan> plans) => new(
        [.. plans.SelectMany(static plan => plan.Changes.Select(change => change.Describe(plan.Table)))],
        [.. plans.SelectMany(static plan => plan.Warnings)]);
}
