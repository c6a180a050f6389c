using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DataExport.Api;
using DataExport.Client;
using DataExport.Silo.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Silo.Tests.Api;

public sealed class ProfileEndpointsTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public Task InitializeAsync() => _api.InitializeAsync();

    public Task DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Create_ValidProfile_GivesItAnIdAndShowsNoSecret()
    {
        var created = await _api.Client.CreateProfileAsync(
            ApiFixture.Valid with { RegistrationConnection = ApiFixture.Valid.NotificationConnection });

        created.Id.Length.ShouldBe(32);
        created.State.ShouldBe(ProfileState.Created);
        created.Entities.Select(entity => entity.Type).ShouldBe(["account", "contact"]);
        _api.Grains.Saved(created.Id).NotificationConnection!.ShouldContain("hush");
        _api.Grains.Saved(created.Id).RegistrationConnection!.ShouldContain("hush");
        var shown = await GetTextAsync($"/crm/exporter/profiles/{created.Id}?status=true");
        shown.ShouldNotContain("hush");
        shown.ShouldNotContain("/secret/place.db");
    }

    [Fact]
    public async Task Create_WhatIsTheSilosToGive_IsNotTakenFromTheCaller()
    {
        var given = ApiFixture.Valid with { Id = "mine", Version = "9", ActivationTime = DateTime.MinValue };

        var created = await _api.Client.CreateProfileAsync(given);

        created.Id.ShouldNotBe("mine");
        created.Version.ShouldBe("1.0");
        created.ActivationTime.ShouldBeNull();
        created.CreationTime.ShouldNotBeNull();
    }

    [Fact]
    public async Task Create_FaultyProfile_IsRefusedWithEveryFinding()
    {
        var refused = await Should.ThrowAsync<DataExportException>(
            _api.Client.CreateProfileAsync(ApiFixture.Valid with { Name = "", SourceUrl = "nowhere" }));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Message.ShouldStartWith("Name is missing.");
        refused.Details.Split('\n').Length.ShouldBe(2);
        refused.CorrelationId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Plan_OfAProfile_IsShownAsTheGrainTellsIt()
    {
        _api.Grains.Plan = new ProfilePlan
        {
            Tables = [new TablePlan("account", 7)],
            TargetChanges = ["Table crm_account is created."],
            Registration = new RegistrationPlanView { Changes = ["Step 'x' is created."], Reused = ["y"] },
        };
        var created = await _api.Client.CreateProfileAsync(ApiFixture.Valid);

        var plan = await _api.Client.GetPlanAsync(created.Id);

        plan.Profile.ShouldBe("first");
        plan.Tables.ShouldBe([new TablePlan("account", 7)]);
        plan.TargetChanges.ShouldBe(["Table crm_account is created."]);
        plan.Registration!.Changes.ShouldBe(["Step 'x' is created."]);
        _ = await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.GetPlanAsync(Guid.NewGuid().ToString("N")));
    }

    [Fact]
    public async Task Create_NameThatIsTaken_IsAConflict()
    {
        _ = await _api.Client.CreateProfileAsync(ApiFixture.Valid);

        var refused = await Should.ThrowAsync<DataExportException>(_api.Client.CreateProfileAsync(ApiFixture.Valid));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Message.ShouldBe("A profile named 'first' exists already. Choose another name.");
    }

    [Theory]
    [InlineData("""{"Name": "a", "Entities": "hush"}""", "Entities is not what is expected there")]
    [InlineData("""{"Name": hush}""", "is not what is expected there")]
    [InlineData("null", "The body is null")]
    [InlineData("", "is not what is expected there")]
    public async Task Create_MalformedBody_IsRefusedWithoutRepeatingIt(string body, string expected)
    {
        using var response = await PostAsync(body, "application/json");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await response.Content.ReadFromJsonAsync<ErrorView>();
        error!.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("hush");
    }

    [Fact]
    public async Task Create_BodyThatIsTooLarge_IsRefused()
    {
        using var response = await PostAsync($"{{\"Name\": \"{new string('x', 2_000_000)}\"}}", "application/json");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Create_BodyThatIsNoJson_IsRefused()
    {
        using var response = await PostAsync("Name=a", "application/x-www-form-urlencoded");

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("no-id")]
    public async Task AnyCall_UnknownProfile_IsNotFound(string id)
    {
        await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.GetProfileAsync(id));
        await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.ActivateAsync(id));
        await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.DeactivateAsync(id));
        await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.SyncAsync(id));
        await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.DeleteProfileAsync(id));
    }

    [Fact]
    public async Task Get_TextThatIsNoId_CallsNoGrain()
    {
        await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.GetProfileAsync("no-id"));

        _api.Grains.ProfileGrains.ShouldBe(0);
    }

    [Fact]
    public async Task Life_OfAProfile_ShowsInItsState()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;

        (await _api.Client.ActivateAsync(id)).State.ShouldBe(ProfileState.Active);
        (await _api.Client.DeactivateAsync(id)).State.ShouldBe(ProfileState.Deactivated);
        await _api.Client.DeleteProfileAsync(id);
        await Should.ThrowAsync<ProfileNotFoundException>(_api.Client.GetProfileAsync(id));
    }

    [Fact]
    public async Task Activate_SourceThatRefuses_SaysSo()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;
        _api.Grains.ActivationFault = new ProfileException("Table 'acount' is unknown. Correct Entities.");

        var refused = await Should.ThrowAsync<DataExportException>(_api.Client.ActivateAsync(id));

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Message.ShouldBe("Table 'acount' is unknown. Correct Entities.");
    }

    [Fact]
    public async Task AnyCall_UnexpectedFailure_KeepsItsTextToTheLog()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;
        _api.Grains.ActivationFault = new InvalidOperationException("hush");

        var refused = await Should.ThrowAsync<DataExportException>(_api.Client.ActivateAsync(id));

        refused.Status.ShouldBe(HttpStatusCode.InternalServerError);
        refused.Message.ShouldNotContain("hush");
        refused.CorrelationId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task List_ByOrganization_ShowsItsProfilesAlone()
    {
        var organization = Guid.NewGuid();
        _ = await _api.Client.CreateProfileAsync(ApiFixture.Valid with { OrganizationId = organization });
        _ = await _api.Client.CreateProfileAsync(ApiFixture.Valid with { Name = "second" });

        (await _api.Client.GetProfilesAsync()).Length.ShouldBe(2);
        (await _api.Client.GetProfilesAsync(organization)).Select(profile => profile.Name).ShouldBe(["first"]);
    }

    [Fact]
    public async Task Sync_ActiveProfile_AsksItsGrainAndReports()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;
        _ = await _api.Client.ActivateAsync(id);

        var profile = await _api.Client.SyncAsync(id);

        _api.Grains.Syncs.ShouldBe(1);
        profile.Report.ShouldNotBeNull();
    }

    [Fact]
    public async Task Get_WithStatus_CountsWhatThisSiloAnswered()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;
        var instruments = _api.Services.GetRequiredService<PathInstruments>().For(id);
        instruments.ChangeApplied("account", ApplyStatus.Applied, TimeSpan.Zero, null);
        instruments.ChangeApplied("account", ApplyStatus.Uncertain, TimeSpan.Zero, null);
        instruments.ChangeApplied("account", ApplyStatus.Unavailable, TimeSpan.Zero, null);

        (await _api.Client.GetProfileAsync(id, withStatus: true)).Status!.TotalNotifications.ShouldBe(2);
    }

    [Fact]
    public async Task WaitForStatus_FaultedProfile_EndsTheWait()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;
        _ = await _api.Client.ActivateAsync(id);
        _api.Grains.Report = new ProfileReport { Status = ProfileStatus.Faulted, Message = "Token refused." };

        var ended = await Should.ThrowAsync<DataExportException>(
            _api.Client.WaitForStatusAsync(id, ProfileStatus.DeltaSync));

        ended.Message.ShouldContain("Token refused.");
    }

    [Fact]
    public async Task WaitForStatus_StatusThatDoesNotCome_TimesOutOnTheClock()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;

        await Should.ThrowAsync<TimeoutException>(_api.Client.WaitForStatusAsync(
            id, ProfileStatus.DeltaSync, new WaitOptions { Timeout = TimeSpan.FromSeconds(5) }));
    }

    [Fact]
    public async Task WaitForStatus_StatusThatIsThere_ReturnsTheProfile()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;

        (await _api.Client.WaitForStatusAsync(id, ProfileStatus.Created)).Id.ShouldBe(id);
    }

    [Fact]
    public async Task Json_FieldNames_AreThoseOfTheDataExportService()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;
        _ = await _api.Client.ActivateAsync(id);

        using var json = JsonDocument.Parse(await GetTextAsync($"/crm/exporter/profiles/{id}?status=true"));
        var root = json.RootElement;

        root.GetProperty("State").GetInt32().ShouldBe(1);
        root.GetProperty("DestinationPrefix").GetString().ShouldBe("crm");
        root.GetProperty("RetryPolicy").GetProperty("MaxRetryCount").GetInt32().ShouldBe(12);
        root.GetProperty("Entities")[0].GetProperty("Type").GetString().ShouldBe("account");
        root.GetProperty("Entities")[0].GetProperty("Status").GetProperty("InitialSyncState").GetString()
            .ShouldBe("NotStarted");
        root.GetProperty("Status").GetProperty("TotalNotifications").GetInt64().ShouldBe(0);
        root.GetProperty("Report").GetProperty("Status").GetInt32().ShouldBe((int)ProfileStatus.InitialSync);
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/crm/exporter/profiles");
        request.Headers.Add("X-Api-Key", ApiFixture.Key);
        request.Content = new StringContent(body, Encoding.UTF8, contentType);
        return await _api.Http.SendAsync(request);
    }

    private async Task<string> GetTextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", ApiFixture.Key);
        using var response = await _api.Http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
