using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.SqlServer;

namespace DataExport.Targets.Tests.SqlServer;

public sealed class SqlServerErrorsTests
{
    private const byte Ordinary = 16;

    [Theory]
    [InlineData(FaultKind.Transient, -2, 0, 53, 64, 121, 233, 258, 1205, 1222, 3960, 3961, 4060, 4221, 10053, 10054)]
    [InlineData(FaultKind.Transient, 10060, 40143, 40197, 40613, 42108, 42109, 615, 926 - 2, 942, 952, 976, 983)]
    [InlineData(FaultKind.Throttled, 701, 1204, 8645, 8651, 10928, 10929, 10936, 40501, 40549, 40550, 40551, 40552)]
    [InlineData(FaultKind.Throttled, 40553, 49918, 49919, 49920)]
    [InlineData(FaultKind.RefusedData, 220, 241, 242, 245, 511, 515, 547, 2601, 2627, 2628, 8114, 8115, 8152, 7119)]
    [InlineData(FaultKind.Schema, 207, 208, 213, 1702, 1913, 2705, 2714, 2715, 4902, 5074)]
    [InlineData(FaultKind.Capacity, 1101, 1105, 3958, 9002, 40544, 823, 824)]
    [InlineData(FaultKind.Permission, 229, 230, 262, 297, 916, 2760, 18456, 18487, 40615, 47073)]
    [InlineData(FaultKind.Bug, 102, 137, 156, 2812, 8178)]
    internal void FaultOf_NumberThatIsKnown_HasItsMeaning(FaultKind expected, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            SqlServerErrors.FaultOf(number, Ordinary, "").Kind.ShouldBe(expected, $"{number}");
        }
    }

    [Fact]
    public void Count_Numbers_AreSixtyAtLeast() => SqlServerErrors.Count.ShouldBeGreaterThan(60);

    [Theory]
    [InlineData("canceling statement due to lock timeout", FaultKind.Transient)]
    [InlineData("relation \"x_dbo.account\" does not exist", FaultKind.Schema)]
    [InlineData("column \"city\" does not exist", FaultKind.Schema)]
    [InlineData("invalid UTF16 byte sequence - code point 0 not supported", FaultKind.RefusedData)]
    [InlineData("permission denied for table account", FaultKind.Permission)]
    [InlineData("could not extend file: No space left on device", FaultKind.Capacity)]
    [InlineData("syntax error at or near \"x\"", FaultKind.Bug)]
    [InlineData("something else", FaultKind.Bug)]
    internal void FaultOf_NumberThatStandsForAll_IsToldByItsText(string text, FaultKind expected) =>
        SqlServerErrors.FaultOf(33_557_097, Ordinary, text).Kind.ShouldBe(expected);

    [Theory]
    [InlineData(99_999, 16, FaultKind.RefusedData)]
    [InlineData(12_345, 16, FaultKind.Bug)]
    [InlineData(12_345, 14, FaultKind.Permission)]
    [InlineData(12_345, 17, FaultKind.Throttled)]
    [InlineData(12_345, 18, FaultKind.Transient)]
    [InlineData(12_345, 20, FaultKind.Transient)]
    [InlineData(99_999, 24, FaultKind.Transient)]
    internal void FaultOf_UnknownNumber_IsToldByItsClass(int number, byte severity, FaultKind expected) =>
        SqlServerErrors.FaultOf(number, severity, "").Kind.ShouldBe(expected);

    [Theory]
    [InlineData(FaultKind.Throttled, typeof(TargetUnavailableException))]
    [InlineData(FaultKind.Transient, typeof(TargetUnavailableException))]
    [InlineData(FaultKind.Schema, typeof(TargetUnavailableException))]
    [InlineData(FaultKind.RefusedData, typeof(TargetRefusedException))]
    [InlineData(FaultKind.Bug, typeof(InvalidOperationException))]
    internal void ToException_Fault_IsWhatCallersKnow(FaultKind kind, Type expected) => TargetFaults
        .ToException(new TargetFault(kind, "said"), "1205", "account").ShouldBeOfType(expected);

    [Fact]
    public void ToException_BrokenSocket_IsUnavailable()
    {
        var known = SqlServerErrors.ToException(new IOException("secret"), "account");

        known.ShouldBeOfType<TargetUnavailableException>().Message.ShouldNotContain("secret");
    }

    [Fact]
    public void ToException_FaultOfOurs_IsNone() =>
        SqlServerErrors.ToException(new ArgumentException("x"), "account").ShouldBeNull();
}
