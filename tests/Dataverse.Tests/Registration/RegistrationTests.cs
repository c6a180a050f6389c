using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.Registration;

public sealed class RegistrationTests : IAsyncLifetime
{
    private RegisteringSandbox _test = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => _test = await RegisteringSandbox.StartAsync();

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task Apply_ToAnEmptyEnvironment_CreatesEndpointAndSteps()
    {
        var result = await _test.Registration.ApplyAsync(_test.Request, None);

        result.Created.Count(static each => each.Kind is RegisteredKind.Endpoint).ShouldBe(1);
        result.Created.Where(static each => each.Kind is RegisteredKind.Step).Select(static each => each.Name).ShouldBe(
        [
            "DataExport p1: Create of account", "DataExport p1: Create of contact",
            "DataExport p1: Delete of account", "DataExport p1: Delete of contact",
            "DataExport p1: Update of account", "DataExport p1: Update of contact",
        ]);
        result.Done.Changes.Count.ShouldBe(7);
        var endpoint = (await _test.RowsAsync("serviceendpoints")).ShouldHaveSingleItem();
        endpoint.GetProperty("contract").GetInt32().ShouldBe(6);
        endpoint.GetProperty("messageformat").GetInt32().ShouldBe(2);
        endpoint.GetProperty("messagecharset").GetInt32().ShouldBe(1);
        var update = await _test.StepAsync("Update of account");
        update.GetProperty("filteringattributes").GetString().ShouldBe("name,revenue");
        update.GetProperty("asyncautodelete").GetBoolean().ShouldBeTrue();
        (await _test.StepAsync("Create of account")).GetProperty("filteringattributes").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task Plan_Always_ChangesNothing()
    {
        var before = await _test.Registration.PlanAsync(_test.Request, None);
        (await _test.RowsAsync("serviceendpoints")).ShouldBeEmpty();

        _ = await _test.Registration.ApplyAsync(_test.Request, None);
        var after = await _test.Registration.PlanAsync(_test.Request, None);

        before.Changes.Count.ShouldBe(7);
        before.Changes[0].ShouldContain("is created for the queue sb://");
        before.Changes.ShouldAllBe(static change => !change.Contains("hush"));
        after.Changes.Concat(after.Reused).Concat(after.Warnings).ShouldBeEmpty("all is as it should be");
    }

    [Fact]
    public async Task Apply_Again_ChangesNothingAndKnowsItsOwn()
    {
        var first = await _test.Registration.ApplyAsync(_test.Request, None);

        var second = await _test.Registration.ApplyAsync(_test.Request, None);

        second.Done.Changes.ShouldBeEmpty();
        second.Created.ShouldBe(first.Created);
    }

    [Theory]
    [InlineData("'statecode':1,'statuscode':2", "it is disabled")]
    [InlineData("'filteringattributes':'name'", "its filtering attributes are others")]
    [InlineData("'asyncautodelete':false", "its jobs are kept")]
    [InlineData("'name':'mine now'", "its name is another")]
    public async Task Step_ChangedBySomebody_IsFoundAndMended(string change, string fault)
    {
        var created = (await _test.Registration.ApplyAsync(_test.Request, None)).Created;
        await _test.PatchAsync(await _test.StepIdAsync("Update of account"), change);
        var request = _test.Request with { Created = created };

        var plan = await _test.Registration.PlanAsync(request, None);
        _ = await _test.Registration.ApplyAsync(request, None);

        plan.Changes.ShouldHaveSingleItem()
            .ShouldBe($"Step 'DataExport p1: Update of account' is changed: {fault}.");
        (await _test.Registration.PlanAsync(request, None)).Changes.ShouldBeEmpty();
        (await _test.RowsAsync("sdkmessageprocessingsteps")).Count.ShouldBe(6);
    }

    [Fact]
    public async Task Step_Deleted_IsCreatedAnew()
    {
        _ = await _test.Registration.ApplyAsync(_test.Request, None);
        await _test.DeleteAsync($"sdkmessageprocessingsteps({await _test.StepIdAsync("Delete of contact")})");

        var result = await _test.Registration.ApplyAsync(_test.Request, None);

        result.Done.Changes.ShouldBe(["Step 'DataExport p1: Delete of contact' is created."]);
        result.Created.Length.ShouldBe(7);
    }

    [Fact]
    public async Task Table_NoLongerExported_LosesItsSteps()
    {
        _ = await _test.Registration.ApplyAsync(_test.Request, None);

        var result = await _test.Registration.ApplyAsync(
            _test.Request with { Tables = [_test.Request.Tables[0]] }, None);

        result.Done.Changes.Count.ShouldBe(3);
        result.Done.Changes.ShouldAllBe(static change => change.Contains("of contact' is removed"));
        (await _test.RowsAsync("sdkmessageprocessingsteps")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Endpoint_OfAnother_IsReusedWithItsFittingSteps()
    {
        var other = _test.Request with
        {
            ProfileId = "p0",
            Tables = [new TableRegistration("account", ["name", "revenue", "telephone1"], [])],
        };
        _ = await _test.Registration.ApplyAsync(other, None);

        var result = await _test.Registration.ApplyAsync(_test.Request, None);
        var left = await _test.Registration.RemoveAsync(_test.Request with { Created = result.Created }, None);

        result.Done.Reused.Count.ShouldBe(4, "the endpoint and three steps, the update among them as it covers ours");
        result.Created.Select(static each => each.Name).ShouldAllBe(static name => name.Contains("of contact"));
        left.ShouldBeEmpty();
        (await _test.RowsAsync("sdkmessageprocessingsteps")).Count.ShouldBe(3, "those of the other stay");
        (await _test.RowsAsync("serviceendpoints")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("'statecode':1,'statuscode':2")]
    [InlineData("'filteringattributes':'name'")]
    public async Task Step_OfAnotherThatDoesLess_IsNotReused(string change)
    {
        _ = await _test.Registration.ApplyAsync(_test.Request with { ProfileId = "p0" }, None);
        await _test.PatchAsync(await _test.StepIdAsync("Update of account"), change);

        var result = await _test.Registration.ApplyAsync(_test.Request, None);

        result.Created.ShouldHaveSingleItem().Name.ShouldBe("DataExport p1: Update of account");
    }

    [Fact]
    public async Task Endpoint_WithStepsOfAnother_StaysWhenItsMakerLeaves()
    {
        _ = await _test.Registration.ApplyAsync(_test.Request, None);
        var other = _test.Request with
        {
            ProfileId = "p2", Tables = [new TableRegistration("task", ["subject"], [])],
        };
        _ = await _test.Registration.ApplyAsync(other, None);

        var left = await _test.Registration.RemoveAsync(_test.Request, None);

        left.ShouldHaveSingleItem().ShouldContain("3 steps of others");
        (await _test.RowsAsync("sdkmessageprocessingsteps")).Count.ShouldBe(3);
        (await _test.Registration.RemoveAsync(other, None)).ShouldBeEmpty();
        (await _test.Registration.RemoveAsync(_test.Request, None)).ShouldBeEmpty();
        (await _test.RowsAsync("serviceendpoints")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Associations_Wanted_AreTwoStepsForAllTables()
    {
        _ = await _test.Registration.ApplyAsync(_test.Request with { PostsAssociations = true }, None);

        foreach (var message in (string[])["Associate", "Disassociate"])
        {
            (await _test.StepAsync(message)).GetProperty("_sdkmessagefilterid_value").ValueKind
                .ShouldBe(System.Text.Json.JsonValueKind.Null);
        }

        (await _test.RowsAsync("sdkmessageprocessingsteps")).Count.ShouldBe(8);
    }

    [Fact]
    public async Task Image_WantedAndNoLonger_ComesAndGoes()
    {
        var wanting = _test.Request with
        {
            Tables = [new TableRegistration("account", ["name"], ["name", "statecode"])],
        };

        _ = await _test.Registration.ApplyAsync(wanting, None);
        var images = await _test.RowsAsync("sdkmessageprocessingstepimages");
        var again = await _test.Registration.ApplyAsync(wanting, None);
        var without = await _test.Registration.ApplyAsync(
            wanting with { Tables = [new TableRegistration("account", ["name"], [])] }, None);

        images.Select(static image => image.GetProperty("messagepropertyname").GetString())
            .ShouldBe(["Id", "Target"], ignoreOrder: true);
        images.ShouldAllBe(static image => image.GetProperty("attributes").GetString() == "name,statecode");
        again.Done.Changes.ShouldBeEmpty();
        without.Done.Changes.Count.ShouldBe(2);
        (await _test.RowsAsync("sdkmessageprocessingstepimages")).ShouldBeEmpty();
    }

    [Fact]
    public async Task FailedPosts_OfItsSteps_AreCounted()
    {
        _ = await _test.Registration.ApplyAsync(_test.Request, None);
        var since = DateTime.UtcNow.AddMinutes(-1);
        var none = await FailedAsync(since);

        _ = _test.Sandbox.Create(_test.Sandbox.Table("account"));
        _ = _test.Sandbox.Create(_test.Sandbox.Table("account"));
        var two = await FailedAsync(since);
        var later = await FailedAsync(DateTime.UtcNow.AddHours(1));

        none.ShouldBe(new FailedPosts(0, null));
        two.Count.ShouldBe(2, "the queue does not exist");
        two.NewestOn!.Value.ShouldBeInRange(since, DateTime.UtcNow.AddSeconds(1));
        later.Count.ShouldBe(0);
    }

    private async Task<FailedPosts> FailedAsync(DateTime since) =>
        (await _test.Registration.CheckAsync(_test.Request, since, None)).FailedPosts;

    [Theory]
    [InlineData("prvCreateServiceEndpoint", "create service endpoints")]
    [InlineData("prvCreateSdkMessageProcessingStep", "create steps")]
    [InlineData("prvReadSdkMessageFilter", "read message filters")]
    public async Task Privilege_Missing_IsNamed(string privilege, string words)
    {
        _test.Host.SetPrivilege(privilege, isHeld: false);

        var refused = await Should.ThrowAsync<SourceException>(
            () => _test.Registration.ApplyAsync(_test.Request, None));

        refused.Fault.ShouldBe(SourceFault.Forbidden);
        refused.Message.ShouldContain(privilege);
        refused.Message.ShouldContain(words);
        _test.Host.SetPrivilege(privilege, isHeld: true);
        (await _test.Registration.ApplyAsync(_test.Request, None)).Created.Length.ShouldBe(7);
    }
}
