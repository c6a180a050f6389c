using System.Text.Json;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Kubernetes;

/// <summary>The base: valid, safe, and agreeing with what the silo reads.</summary>
public sealed class BaseTests(RenderedBase rendered) : IClassFixture<RenderedBase>
{
    [Fact]
    public void Base_Manifests_FitTheirSchemasAndTypes()
    {
        rendered.Faults.ShouldBe("");
        rendered.Manifests.Count.ShouldBe(9);
    }

    [Theory]
    [InlineData("minReadySeconds", "minReadySecond")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: maybe")]
    [InlineData("apiVersion: policy/v1", "apiVersion: policy/v2")]
    public async Task Base_WithAMistake_IsNotValid(string text, string mistake)
    {
        var run = await rendered.CheckChangedAsync(text, mistake);

        run.ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public void Silos_Replicas_AreThreeAndOneMayGo()
    {
        rendered.Named("Deployment", "dataexport").GetProperty("spec").GetProperty("replicas").GetInt32().ShouldBe(3);
        rendered.Named("PodDisruptionBudget", "dataexport").GetProperty("spec").GetProperty("maxUnavailable")
            .GetInt32().ShouldBe(1);
    }

    [Fact]
    public void Silos_GracePeriod_IsLongerThanAStop()
    {
        // SiloHost gives a stop 30 seconds, and kubelet's own work takes some.
        var seconds = rendered.Pod.GetProperty("spec").GetProperty("terminationGracePeriodSeconds").GetInt32();

        seconds.ShouldBeGreaterThan(30);
        File.ReadAllText(Repository.File("Silo", "Hosting", "SiloHost.cs"))
            .ShouldContain("s_shutdownTimeout = TimeSpan.FromSeconds(30)");
    }

    [Theory]
    [InlineData("startupProbe", "/health/start")]
    [InlineData("readinessProbe", "/health/ready")]
    [InlineData("livenessProbe", "/health/live")]
    public void Silos_Probes_AskTheSilosHealth(string probe, string path)
    {
        var get = rendered.Container.GetProperty(probe).GetProperty("httpGet");

        get.GetProperty("path").GetString().ShouldBe(path);
        Ports().ShouldContain(get.GetProperty("port").GetString()!);
    }

    [Fact]
    public void Silos_Security_IsRestricted()
    {
        var pod = rendered.Pod.GetProperty("spec").GetProperty("securityContext");
        var container = rendered.Container.GetProperty("securityContext");

        pod.GetProperty("runAsNonRoot").GetBoolean().ShouldBeTrue();
        pod.GetProperty("seccompProfile").GetProperty("type").GetString().ShouldBe("RuntimeDefault");
        container.GetProperty("allowPrivilegeEscalation").GetBoolean().ShouldBeFalse();
        container.GetProperty("readOnlyRootFilesystem").GetBoolean().ShouldBeTrue();
        Texts(container.GetProperty("capabilities").GetProperty("drop")).ShouldBe(["ALL"]);
        rendered.Container.GetProperty("resources").GetProperty("limits").GetProperty("memory").GetString()
            .ShouldBe("512Mi");
    }

    [Fact]
    public void Silos_Secrets_AreReferencesAlone()
    {
        var secrets = Environment().Where(static variable =>
            variable.Name.Contains("Key", StringComparison.Ordinal)
            || variable.Name.Contains("Token", StringComparison.Ordinal)
            || variable.Name.Contains("ConnectionString", StringComparison.Ordinal)).ToArray();

        secrets.Length.ShouldBe(5);
        secrets.Count(static secret => secret.Source.TryGetProperty("secretKeyRef", out _)).ShouldBe(5);
        rendered.Manifests.ShouldNotContain(static manifest => manifest.GetProperty("kind").GetString() == "Secret");
    }

    [Fact]
    public void Silos_OrleansIds_AreTheLabelsOfTheirPods()
    {
        // UseKubernetesHosting reads these variables and compares them with these labels.
        var labels = rendered.Pod.GetProperty("metadata").GetProperty("labels");
        foreach (var (variable, label) in new[]
                 {
                     ("ORLEANS_SERVICE_ID", "orleans/serviceId"), ("ORLEANS_CLUSTER_ID", "orleans/clusterId"),
                 })
        {
            labels.TryGetProperty(label, out _).ShouldBeTrue(label);
            FieldOf(variable).ShouldBe($"metadata.labels['{label}']");
        }

        FieldOf("POD_NAME").ShouldBe("metadata.name");
        FieldOf("POD_NAMESPACE").ShouldBe("metadata.namespace");
        FieldOf("POD_IP").ShouldBe("status.podIP");
    }

    [Fact]
    public void Silos_Configuration_NamesTheSilosOwnKeys()
    {
        var silo = File.ReadAllText(Repository.File("Silo", "Hosting", "ClusterConfiguration.cs"));
        var settings = rendered.Manifests
            .Single(static manifest => manifest.GetProperty("kind").GetString() == "ConfigMap")
            .GetProperty("data").EnumerateObject()
            .ToDictionary(static entry => entry.Name, static entry => entry.Value);

        silo.ShouldContain("Orleans:Clustering");
        settings.ShouldContainKey("Orleans__Clustering__ProviderType");
        settings.ShouldContainKey("Orleans__GrainStorage__profiles__ProviderType");
        File.ReadAllText(Repository.File("Grains", "Profiles", "ProfileNames.cs"))
            .ShouldContain("Storage = \"profiles\"");
        Mounts().ShouldContain(settings["DataExport__Silo__DataDirectory"].GetString()!);
        Mounts().ShouldContain("/tmp", "a read-only file system has no place for temporary files else");
    }

    [Fact]
    public void Silos_FailureLogsOfEightProfiles_FitTheirVolume()
    {
        var settings = rendered.Manifests
            .Single(static manifest => manifest.GetProperty("kind").GetString() == "ConfigMap").GetProperty("data");
        var perProfile = Number("FileBytesMax") * Number("FilesMax");
        var volume = rendered.Pod.GetProperty("spec").GetProperty("volumes").EnumerateArray()
            .Single(static each => each.GetProperty("name").GetString() == "data")
            .GetProperty("emptyDir").GetProperty("sizeLimit").GetString()!;

        // The kubelet evicts a pod whose volume is over its limit, so an eighth of it is left free.
        volume.ShouldEndWith("Mi");
        (8 * perProfile).ShouldBeLessThanOrEqualTo(long.Parse(volume[..^2], null) * 1024 * 1024 * 7 / 8);
        File.ReadAllText(Repository.File("deploy", "k8s", "README.md")).ShouldContain("8 profiles");

        long Number(string option)
        {
            // A key that the silo does not know would change nothing.
            File.ReadAllText(Repository.File("Silo", "FailedRecords", "FailedRecordLogOptions.cs"))
                .ShouldContain($" {option} {{ get; set; }}");
            return long.Parse(settings.GetProperty($"DataExport__FailedRecords__{option}").GetString()!, null);
        }
    }

    [Fact]
    public void Readme_FirstOfAll_SaysThatSqliteIsNoTarget() =>
        File.ReadAllLines(Repository.File("deploy", "k8s", "README.md"))
            .First(static line => line.Length > 0 && line[0] != '#')
            .ShouldStartWith("**SQLite is no target for a cluster");

    [Theory]
    [InlineData("Service", "dataexport")]
    [InlineData("Service", "dataexport-silos")]
    public void Services_Select_TheSilos(string kind, string name)
    {
        var spec = rendered.Named(kind, name).GetProperty("spec");
        var labels = rendered.Pod.GetProperty("metadata").GetProperty("labels");

        spec.GetProperty("selector").EnumerateObject()
            .ShouldAllBe(label => labels.GetProperty(label.Name).GetString() == label.Value.GetString());
        spec.GetProperty("ports").EnumerateArray()
            .ShouldAllBe(port => Ports().Contains(port.GetProperty("targetPort").GetString()!));
    }

    [Fact]
    public void Silos_Rights_AreToLookAtPods()
    {
        var rules = rendered.Named("Role", "dataexport").GetProperty("rules").EnumerateArray().Single();

        Texts(rules.GetProperty("resources")).ShouldBe(["pods"]);
        Texts(rules.GetProperty("verbs")).ShouldBe(["get", "list", "watch"], ignoreOrder: true);
        rendered.Pod.GetProperty("spec").GetProperty("serviceAccountName").GetString().ShouldBe("dataexport");
    }

    private string? FieldOf(string variable) => Environment().Single(each => each.Name == variable)
        .Source.GetProperty("fieldRef").GetProperty("fieldPath").GetString();

    private IEnumerable<(string Name, JsonElement Source)> Environment() => rendered.Container.GetProperty("env")
        .EnumerateArray()
        .Select(static each => (each.GetProperty("name").GetString()!, each.GetProperty("valueFrom")));

    private List<string> Ports() =>
        [.. List("ports").Select(static port => port.GetProperty("name").GetString()!)];

    private List<string> Mounts() =>
        [.. List("volumeMounts").Select(static mount => mount.GetProperty("mountPath").GetString()!)];

    private JsonElement.ArrayEnumerator List(string name) => rendered.Container.GetProperty(name).EnumerateArray();

    private static IEnumerable<string?> Texts(JsonElement array) =>
        array.EnumerateArray().Select(static text => text.GetString());
}
