using DataExport.Tests;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DataExport.Targets.Tests.Contract;

/// <summary>A claim. In a class that needs a server which is not there it is skipped, by its name.</summary>
[XunitTestCaseDiscoverer(
    "DataExport.Targets.Tests.Contract." + nameof(ContractFactDiscoverer), "DataExport.Targets.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>A claim about several cases, skipped likewise, and where samples that it needs are absent.</summary>
[XunitTestCaseDiscoverer(
    "DataExport.Targets.Tests.Contract." + nameof(ContractTheoryDiscoverer), "DataExport.Targets.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractTheoryAttribute : TheoryAttribute
{
    public ContractTheoryAttribute()
    {
    }

    /// <param name="samples">A folder of the samples.</param>
    public ContractTheoryAttribute(string samples) => Skip = SampleFolder.WhyMissed(samples);
}

/// <summary>Says that a class runs on the SQL Server that an environment variable names.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsSqlServerAttribute : Attribute
{
    public const string Variable = "DATAEXPORT_TEST_SQLSERVER";

    /// <summary>The connection string; it needs the right to create databases.</summary>
    public static string? Connection => Environment.GetEnvironmentVariable(Variable);

    internal static bool IsMissedBy(ITestMethod method) => string.IsNullOrEmpty(Connection)
        && method.TestClass.Class.GetCustomAttributes(typeof(NeedsSqlServerAttribute)).Any();
}

/// <summary>Finds claims.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    private readonly FactDiscoverer _others = new(messages);

    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        NeedsSqlServerAttribute.IsMissedBy(testMethod)
            ? [new SkippedTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), testMethod)]
            : _others.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>Finds claims about several cases.</summary>
public sealed class ContractTheoryDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    private readonly TheoryDiscoverer _others = new(messages);

    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        NeedsSqlServerAttribute.IsMissedBy(testMethod)
            ? [new SkippedTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), testMethod)]
            : _others.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>A claim that cannot be looked at here.</summary>
public sealed class SkippedTestCase : XunitTestCase
{
    [Obsolete("For the runner, which reads it from what it has written.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(IMessageSink messages, TestMethodDisplay display, ITestMethod method)
        : base(messages, display, TestMethodDisplayOptions.None, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        $"{NeedsSqlServerAttribute.Variable} names no SQL Server.";
}
