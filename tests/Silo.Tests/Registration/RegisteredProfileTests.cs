using System.Text;
using System.Text.Json;
using DataExport.Sandbox;
using DataExport.Silo.Tests.Trouble;

namespace DataExport.Silo.Tests.Registration;

/// <summary>What a profile registers in its environment, over its life: whole silo, real tables.</summary>
public sealed class RegisteredProfileTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SiloFixture _silo = new(rows: 200) { Registers = true };
    private readonly HttpClient _http = new();

    private DataverseSandbox Environment => _silo.Sandbox.Environment;

    private SandboxTable Contacts => Environment.Table("contact");

    public Task InitializeAsync() => _silo.CreateAsync("contact");

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _silo.DisposeAsync();
    }

    [Fact]
    public async Task Profile_Activated_ReceivesWhatItRegistered()
    {
        await _silo.ActivateAsync();

        var created = Environment.Create(Contacts);
        _ = Environment.Create(Environment.Table("task"));

        await SiloFixture.UntilAsync(
            () => Task.FromResult(_silo.TargetIds("contact").Contains(created)), "the contact arrives");
        (await RowsAsync("sdkmessageprocessingsteps")).Count.ShouldBe(3);
        _silo.Sandbox.LostNotifications.ShouldBe(0);
    }

    [Fact]
    public async Task Profile_Deactivated_LeavesNothingInTheEnvironment()
    {
        await _silo.ActivateAsync();

        _ = await _silo.Profile.DeactivateAsync();

        (await RowsAsync("sdkmessageprocessingsteps")).ShouldBeEmpty();
        (await RowsAsync("serviceendpoints")).ShouldBeEmpty();
        (await _silo.Profile.GetReportAsync()).Message.ShouldBeNull();
    }

    [Fact]
    public async Task Profile_DeactivatedWhileItsSourceIsAway_TellsWhatIsLeftUntilItIsGone()
    {
        await _silo.ActivateAsync();
        _silo.Sandbox.WebApi.Throttle(2);

        _ = await _silo.Profile.DeactivateAsync();
        var away = await _silo.Profile.GetReportAsync();
        var back = away;
        await SiloFixture.UntilAsync(
            async () =>
            {
                _ = await _silo.Profile.DeactivateAsync();
                return (back = await _silo.Profile.GetReportAsync()).Message is null;
            },
            "it is removed when the environment answers again");

        away.Status.ShouldBe(ProfileStatus.Deactivated);
        away.Message.ShouldNotBeNull().ShouldContain($"'DataExport {_silo.Profile.GetPrimaryKeyString()}'");
        (back.Status, back.Message).ShouldBe((ProfileStatus.Deactivated, null));
        (await RowsAsync("serviceendpoints")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Step_Disabled_IsReportedMendedAndCaughtUpWith()
    {
        await _silo.ActivateAsync();
        var unposted = Environment.CreateSilently(Contacts);
        var steps = await RowsAsync("sdkmessageprocessingsteps");
        var step = steps[0].GetProperty("sdkmessageprocessingstepid").GetGuid();

        await SendAsync(HttpMethod.Patch, $"sdkmessageprocessingsteps({step})", """{"statecode":1,"statuscode":2}""");

        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Registration?.MendedOn is not null, "it is mended");
        await SiloFixture.UntilAsync(
            () => Task.FromResult(_silo.TargetIds("contact").Contains(unposted)), "a delta brings what was not posted");
        var report = (await _silo.Profile.GetReportAsync()).Registration!;
        report.Drift.ShouldHaveSingleItem().ShouldContain("it is disabled");
        (await RowsAsync("sdkmessageprocessingsteps"))
            .ShouldAllBe(static each => each.GetProperty("statecode").GetInt32() == 0);
    }

    [Fact]
    public async Task Steps_Deleted_AreMade()
    {
        await _silo.ActivateAsync();
        var endpoint = (await RowsAsync("serviceendpoints"))[0].GetProperty("serviceendpointid").GetGuid();

        await SendAsync(HttpMethod.Delete, $"serviceendpoints({endpoint})");

        await SiloFixture.UntilAsync(
            async () => (await RowsAsync("sdkmessageprocessingsteps")).Count == 3, "endpoint and steps are made anew");
    }

    [Theory]
    [InlineData("prvCreateServiceEndpoint")]
    [InlineData("prvCreateSdkMessageProcessingStep")]
    public async Task Right_Missing_FailsTheActivationAndIsNamed(string privilege)
    {
        _silo.Sandbox.WebApi.SetPrivilege(privilege, isHeld: false);

        var refused = await Should.ThrowAsync<ProfileException>(_silo.Profile.ActivateAsync());

        refused.Message.ShouldContain(privilege);
        var report = await _silo.Profile.GetReportAsync();
        (report.Status, report.Message!.Contains(privilege)).ShouldBe((ProfileStatus.Faulted, true));
        (await RowsAsync("serviceendpoints")).ShouldBeEmpty("nobody would pull what is posted");
        _silo.Sandbox.WebApi.SetPrivilege(privilege, isHeld: true);
        await _silo.ActivateAsync();
        (await RowsAsync("sdkmessageprocessingsteps")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Plan_BeforeAndAfterActivating_TellsWhatIsMissingAndChangesNothing()
    {
        var before = await _silo.Profile.PlanAsync();
        var isUntouched = !File.Exists(_silo.DatabaseFile) && (await RowsAsync("serviceendpoints")).Count == 0;
        await _silo.ActivateAsync();
        var after = await _silo.Profile.PlanAsync();

        isUntouched.ShouldBeTrue();
        (before.Status, after.Status).ShouldBe((ProfileStatus.Created, ProfileStatus.DeltaSync));
        before.Tables.ShouldHaveSingleItem().Columns.ShouldBeGreaterThan(10);
        before.TargetChanges.ShouldNotBeEmpty();
        before.Registration!.Changes.Length.ShouldBe(4);
        after.TargetChanges.ShouldBeEmpty();
        after.Registration!.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_WhileTheSourceIsAway_SaysSo()
    {
        _silo.Sandbox.WebApi.Throttle(3_600);

        var refused = await Should.ThrowAsync<ProfileException>(_silo.Profile.PlanAsync());

        refused.Message.ShouldStartWith("Profile 'sales' cannot be planned:");
    }

    private async Task<List<JsonElement>> RowsAsync(string set)
    {
        var body = await _http.GetStringAsync(new Uri(_silo.Sandbox.WebApi.BaseAddress, set));
        return [.. JsonDocument.Parse(body).RootElement.GetProperty("value").EnumerateArray()];
    }

    private async Task SendAsync(HttpMethod method, string target, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_silo.Sandbox.WebApi.BaseAddress, target));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        _ = response.EnsureSuccessStatusCode();
    }
}
