using Xunit.Abstractions;
using Xunit.Sdk;

namespace DataExport.Targets.Tests.Control;

/// <summary>A claim of a contract. In a class that lacks the server it needs it is skipped, by its name.</summary>
[XunitTestCaseDiscoverer(
    "DataExport.Targets.Tests.Control." + nameof(ContractFactDiscoverer), "DataExport.Targets.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>Says that a class runs on the SQL Server that an environment variable names.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsSqlServerAttribute : Attribute
{
    public const string Variable = "DATAEXPORT_TEST_SQLSERVER";

    /// <summary>The connection string; it needs the right to create databases.</summary>
    public static string? Connection => Environment.GetEnvironmentVariable(Variable);
}

/// <summary>Finds the claims of a contract.</summary>
public sealed class ContractFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new ContractTestCase(messages, discoveryOptions.MethodDisplayOrDefault(), testMethod)];
}

/// <summary>One claim in one class.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("For the runner, which reads it from what it has written.")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(IMessageSink messages, TestMethodDisplay display, ITestMethod method)
        : base(messages, display, TestMethodDisplayOptions.None, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        NeedsSqlServerAttribute.Connection is null
            && TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsSqlServerAttribute)).Any()
            ? $"{NeedsSqlServerAttribute.Variable} names no SQL Server."
            : base.GetSkipReason(factAttribute);
}
