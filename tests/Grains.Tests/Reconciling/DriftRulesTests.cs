using DataExport.Grains.Ports;
using DataExport.Grains.Reconciling;

namespace DataExport.Grains.Tests.Reconciling;

public sealed class DriftRulesTests
{
    private static readonly Guid s_record = Guid.NewGuid();
    private static readonly DateTime s_began = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(7, 7, null)]
    [InlineData(7, 6, DriftKind.Stale)]
    [InlineData(7, 8, DriftKind.Ahead)]
    [InlineData(7, 0, DriftKind.Stale)]
    public void OfVersions_Row_DiffersByItsVersion(long source, long held, DriftKind? kind) =>
        DriftRules.OfVersions(new VersionNumber(source), Row(held)).ShouldBe(kind);

    [Fact]
    public void OfVersions_NoRow_IsMissing() =>
        DriftRules.OfVersions(new VersionNumber(7), default).ShouldBe(DriftKind.Missing);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OpenQuestion_IsNoDriftAndNoSuspicion(bool isRow)
    {
        var held = Row(1) with { IsRow = isRow, IsAsked = true };

        DriftRules.OfVersions(new VersionNumber(7), held).ShouldBeNull();
        DriftRules.IsOpen(Walked(7), held, s_began, withCells: true).ShouldBeFalse();
        DriftRules.IsOpen(Walked(0), held, s_began, withCells: true).ShouldBeFalse();
    }

    [Fact]
    public void IsOpen_WhatADeltaHasBroughtMeanwhile_IsOver()
    {
        DriftRules.IsOpen(Walked(7), Row(7), s_began, withCells: false).ShouldBeFalse();
        DriftRules.IsOpen(Walked(7), Row(7), s_began, withCells: true).ShouldBeTrue("cells may differ");
        DriftRules.IsOpen(Walked(7), Row(6), s_began, withCells: false).ShouldBeTrue();
        DriftRules.IsOpen(Walked(7), default, s_began, withCells: false).ShouldBeTrue();
    }

    [Fact]
    public void IsOpen_ExtraRow_IsOverWhenItIsGoneOrWasWrittenSinceTheWalkBegan()
    {
        DriftRules.IsOpen(Walked(0), default, s_began, withCells: false).ShouldBeFalse();
        DriftRules.IsOpen(Walked(0), Row(7), s_began, withCells: false).ShouldBeTrue("it has no stamp");
        DriftRules.IsOpen(Walked(0), Row(7) with { Stamp = s_began }, s_began, withCells: false).ShouldBeFalse();
        DriftRules.IsOpen(Walked(0), Row(7) with { Stamp = s_began.AddMilliseconds(-4) }, s_began, withCells: false)
            .ShouldBeTrue();
    }

    private static HeldRow Row(long version) => new(s_record, true, new VersionNumber(version), null, false);

    private static Suspect Walked(long version) => new(s_record, new VersionNumber(version));
}
