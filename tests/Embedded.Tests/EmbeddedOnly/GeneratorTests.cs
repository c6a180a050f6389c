using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataExport.Embedded.Tests;

/// <summary>What the generator writes compiles, and what it refuses it refuses with a reason.</summary>
public sealed class GeneratorTests
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name == "DataExport.Embedded.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    [Theory]
    [InlineData("Task", "int one, string? two, Guid three, DateTimeOffset four, decimal? five, DayOfWeek six")]
    [InlineData("Task<ImmutableArray<string>>", "ImmutableDictionary<string, int> map, CancellationToken cancellation")]
    [InlineData("ValueTask<(int Count, string? Name)>", "KeyValuePair<string, TimeSpan> pair")]
    [InlineData("ValueTask<Frozen?>", "ImmutableArray<Frozen> frozen, FrozenStruct other")]
    [InlineData("Task<IOther>", "IOther reference, GrainId id")]
    [InlineData("Task", "[Immutable] byte[] bytes")]
    [InlineData("ValueTask", "int @class, int @event, CancellationToken @lock")]
    [InlineData("Task", "(int Count, string? Name) pair, int? maybe, ImmutableArray<string?> list")]
    public void Interface_OfImmutableValues_Compiles(string result, string parameters) =>
        Generate(result, parameters).ShouldBeEmpty();

    [Theory]
    [InlineData("Task", "byte[] bytes", "argument 'bytes'", "byte[]")]
    [InlineData("Task", "List<int> list", "argument 'list'", "List<int>")]
    [InlineData("Task", "IReadOnlyList<int> list", "argument 'list'", "IReadOnlyList<int>")]
    [InlineData("Task", "object anything", "argument 'anything'", "object")]
    [InlineData("Task", "Loose loose", "argument 'loose'", "Loose")]
    [InlineData("Task", "ImmutableArray<Loose> array", "argument 'array'", "Loose")]
    [InlineData("Task", "(int, Loose) pair", "argument 'pair'", "Loose")]
    [InlineData("Task", "ReadOnlyMemory<byte> memory", "argument 'memory'", "ReadOnlyMemory<byte>")]
    [InlineData("Task<Loose>", "", "result", "Loose")]
    [InlineData("ValueTask<int[]>", "", "result", "int[]")]
    public void Interface_WithAMutableValue_IsRefused(string result, string parameters, string what, string type)
    {
        var fault = Generate(result, parameters).ShouldHaveSingleItem();

        fault.Id.ShouldBe("DXG001");
        fault.Severity.ShouldBe(DiagnosticSeverity.Error);
        fault.GetMessage().ShouldContain($"The {what} of grain method ITested.CallAsync");
        fault.GetMessage().ShouldContain($"of which {type} is neither a primitive nor marked [Immutable]");
        fault.Location.GetLineSpan().Path.ShouldBe("Tested.cs");
    }

    [Fact]
    public void Interface_WhoseResultIsPromised_Compiles() =>
        GenerateFrom("public interface ITested : IGrainWithStringKey { [return: Immutable] Task<int[]> CallAsync(); }")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("void CallAsync();", "must return Task")]
    [InlineData("int CallAsync();", "must return Task")]
    [InlineData("Task CallAsync<T>(int one);", "must not be generic")]
    [InlineData("Task CallAsync(ref int one);", "must not be passed by reference")]
    [InlineData("Task CallAsync(CancellationToken token, int one);", "must be the last argument")]
    [InlineData("[Orleans.Concurrency.OneWay] Task<int> CallAsync();", "one-way")]
    [InlineData("[Orleans.Concurrency.OneWay] ValueTask<int> CallAsync();", "one-way")]
    [InlineData("int Count { get; }", "only methods can be called")]
    public void Interface_WithAnImpossibleMember_IsRefused(string member, string why)
    {
        var faults = GenerateFrom($"public interface ITested : IGrainWithStringKey {{ {member} }}");

        faults.ShouldContain(fault => fault.Id == "DXG002" && fault.GetMessage(null).Contains(why));
    }

    [Fact]
    public void Interface_ThatIsNoGrain_IsLeftAlone() =>
        GenerateFrom("public interface IPlain { List<int> Get(object anything); }").ShouldBeEmpty();

    [Fact]
    public void Generator_RunAgainAfterAnUnrelatedEdit_WritesNothingAnew()
    {
        var compilation = Compile("public interface ITested : IGrainWithStringKey { Task CallAsync(int one); }");
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [LoadGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(
                IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation);

        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;")));

        driver.GetRunResult().Results.Single().TrackedOutputSteps
            .SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .ShouldAllBe(output => output.Reason == IncrementalStepRunReason.Cached
                || output.Reason == IncrementalStepRunReason.Unchanged);
    }

    private static List<Diagnostic> Generate(string result, string parameters) => GenerateFrom($$"""
        public sealed class Loose { public int Value { get; set; } }
        [Immutable] public sealed record Frozen(List<int> Never);
        [Immutable] public readonly record struct FrozenStruct(int One);
        public interface IOther : IGrainWithStringKey { Task GoAsync(); }
        public interface ITested : IGrainWithStringKey
        {
            {{result}} CallAsync({{parameters}});
        }
        """);

    /// <summary>The errors of the generator, or else those of compiling what it wrote.</summary>
    private static List<Diagnostic> GenerateFrom(string code)
    {
        CSharpGeneratorDriver.Create(LoadGenerator())
            .RunGeneratorsAndUpdateCompilation(Compile(code), out var compiled, out var faults);
        return faults.IsEmpty
            ? [.. compiled.GetDiagnostics().Where(one => one.Severity >= DiagnosticSeverity.Warning)]
            : [.. faults];
    }

    private static CSharpCompilation Compile(string code)
    {
        const string Usings = """
            using System;
            using System.Collections.Generic;
            using System.Collections.Immutable;
            using System.Threading;
            using System.Threading.Tasks;
            using Orleans;
            using Orleans.Runtime;
            namespace Tested;

            """;
        return CSharpCompilation.Create(
            "Tested",
            [CSharpSyntaxTree.ParseText(Usings + code, path: "Tested.cs")],
            s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static IIncrementalGenerator LoadGenerator()
    {
        var path = typeof(GeneratorTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "GeneratorPath").Value!;
        var type = Assembly.LoadFrom(Path.GetFullPath(path)).GetType("Orleans.Generator.GrainProxyGenerator")!;
        return (IIncrementalGenerator)Activator.CreateInstance(type)!;
    }
}
