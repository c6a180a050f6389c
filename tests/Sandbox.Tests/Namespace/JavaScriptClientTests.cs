namespace DataExport.Sandbox.Tests;

/// <summary>Microsoft's own JavaScript client against the Sandbox: every test of its suite is one here.</summary>
public sealed class JavaScriptClientTests(JavaScriptSuite suite) : IClassFixture<JavaScriptSuite>
{
    public static TheoryData<string> Names => [.. JavaScriptSuite.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void JavaScriptClient_Test_Passes(string name)
    {
        suite.Results.ContainsKey(name).ShouldBeTrue(suite.Output);
        suite.Results[name].Passed.ShouldBeTrue(suite.Results[name].Error);
    }

    [Fact]
    public void JavaScriptClient_Suite_RunsWhatItsFilesHoldAndNothingElse() =>
        suite.Results.Keys.ShouldBe(JavaScriptSuite.Names(), ignoreOrder: true, suite.Output);
}
