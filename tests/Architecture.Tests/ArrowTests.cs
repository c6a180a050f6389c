namespace DataExport.Architecture.Tests;

/// <summary>The arrows between the projects: what may know what.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> _arrows = new()
    {
        ["Embedded"] = [],
        ["Embedded.Generator"] = [],
        ["Embedded.AzureStorage"] = ["Embedded"],
        ["ServiceBus"] = [],
        ["Grains.Interfaces"] = [],
        ["Grains"] = ["Grains.Interfaces"],
        ["Dataverse"] = ["Grains", "Grains.Interfaces"],
        ["Targets.SqlServerTypes"] = [],
        ["Targets"] = ["Grains", "Grains.Interfaces", "Targets.SqlServerTypes"],
        ["Client"] = ["Grains.Interfaces"],
        ["Sandbox"] = ["ServiceBus"],
        ["Silo"] = ["Grains", "Grains.Interfaces", "Dataverse", "Targets", "ServiceBus"],
        ["Run"] = ["Client", "Sandbox", "Silo", "Targets"],
    };

    private static readonly string[] _grainProjects = ["Grains.Interfaces", "Grains", "Silo", "Bench"];

    public static TheoryData<string> ProjectsWithArrows => [.. _arrows.Keys];

    [Theory]
    [MemberData(nameof(ProjectsWithArrows))]
    public void Project_References_OnlyWhatItMayKnow(string name)
    {
        var forbidden = Project.Named(name).References.Except(_arrows[name]);

        forbidden.ShouldBeEmpty($"{name} may reference only: {string.Join(", ", _arrows[name])}");
    }

    [Fact]
    public void Tree_EveryProject_HasItsArrowsWrittenDown()
    {
        // Bench measures everything, so it may know everything.
        var unknown = Project.Products.Select(project => project.Name).Except([.. _arrows.Keys, "Bench"]);

        unknown.ShouldBeEmpty("a new project needs its arrows in this test");
    }

    [Fact]
    public void GrainRuntime_IsNamedBy_ContractsGrainsAndHostsAlone()
    {
        var users = Project.Products.Where(project => project.UsesGrains).Select(project => project.Name);

        users.Except(_grainProjects).ShouldBeEmpty("sources, targets and the bus must not depend on a grain runtime");
    }

    [Fact]
    public void Contracts_Packages_AreOrleansAbstractionsAlone() =>
        Project.Named("Grains.Interfaces").Packages.ShouldBeEmpty();

    [Fact]
    public void Grains_Packages_AreOptionsLoggingAndTheGrainRuntime() => Project.Named("Grains").Packages
        .Where(package => !package.StartsWith("Microsoft.Extensions.Options", StringComparison.Ordinal))
        .Except(["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Orleans.Runtime"])
        .ShouldBeEmpty("grains reach databases, HTTP and the bus through ports");

    [Theory]
    [InlineData("SqlClient")]
    [InlineData("Microsoft.Data")]
    [InlineData("SQLitePCL")]
    [InlineData("HttpClient")]
    [InlineData("System.Net.Http")]
    [InlineData("DataExport.ServiceBus")]
    [InlineData("Amqp")]
    [InlineData("Task.Run(")]
    [InlineData("ConfigureAwait(false)")]
    public void Grains_Sources_NeverName(string forbidden)
    {
        var files = Tree.ProductSources()
            .Where(file => file.StartsWith("Grains", StringComparison.Ordinal))
            .Where(file => Tree.Text(file).Contains(forbidden, StringComparison.Ordinal));

        files.ShouldBeEmpty();
    }

    [Fact]
    public void Embedded_Packages_AreTheGenericHostAlone() =>
        Project.Named("Embedded").Packages.ShouldBe(["Microsoft.Extensions.Hosting"]);

    [Fact]
    public void AzureBlobs_ArePackagesOf_TheirStorageAlone() => Project.Products
        .Where(project => project.Packages.Contains("Azure.Storage.Blobs"))
        .Select(project => project.Name)
        .ShouldBe(["Embedded.AzureStorage"]);

    [Fact]
    public void Databases_ArePackagesOf_TargetsAlone()
    {
        string[] databases =
            ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "Npgsql", "Microsoft.Data.SqlClient"];
        var users = Project.Products
            .Where(project => project.Packages.Intersect(databases).Any())
            .Select(project => project.Name);

        users.Except(["Targets", "Bench"]).ShouldBeEmpty();
    }
}
