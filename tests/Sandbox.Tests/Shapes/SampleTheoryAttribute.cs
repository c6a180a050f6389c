namespace DataExport.Sandbox.Tests.Shapes;

/// <summary>A test of several cases over a folder of the samples, skipped by name where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleTheoryAttribute : TheoryAttribute
{
    public SampleTheoryAttribute(string path) => Skip = SampleFolder.WhyMissed(path);
}
