namespace DataExport.Sandbox.Tests.Registration;

public sealed class StepRoutingTests : IAsyncLifetime
{
    private RegistrationFixture _test = null!;
    private SandboxTable _accounts = null!;

    public async Task InitializeAsync()
    {
        _test = await RegistrationFixture.StartAsync();
        _accounts = _test.Sandbox.Table("account");
    }

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task Change_OfATableWithAStep_IsPostedAndOthersAreNot()
    {
        _ = await _test.PostStepAsync(await _test.PostEndpointAsync(), "Create", "account");

        var id = _test.Sandbox.Create(_accounts);
        _ = _test.Sandbox.Create(_test.Sandbox.Table("task"));
        _ = _test.Sandbox.Update(_accounts, id, 1);
        _ = _test.Sandbox.Delete(_accounts, id);

        _test.Posted().ShouldBe(1);
        (await _test.ReceiveAsync()).GetProperty("PrimaryEntityId").GetGuid().ShouldBe(id);
        _test.Host.LostNotifications.ShouldBe(0);
    }

    [Theory]
    [InlineData("telephone1", "telephone1,revenue", 1)]
    [InlineData("telephone1", "revenue", 0)]
    [InlineData("revenue", "revenue_base", 1)]
    [InlineData("telephone1", "modifiedon,modifiedby", 0)]
    [InlineData("telephone1", null, 1)]
    public async Task Update_BySentColumns_IsPostedWhenTheFilterNamesOne(string sent, string? filter, int posts)
    {
        var id = _test.Sandbox.Create(_accounts);
        _ = await _test.PostStepAsync(await _test.PostEndpointAsync(), "Update", "account", filter);

        _ = _test.Sandbox.Update(_accounts, id, [_accounts.Column(sent)!.Ordinal]);

        _test.Posted().ShouldBe(posts);
    }

    [Fact]
    public async Task Step_DisabledEnabledAndDeleted_PostsWhileItIsEnabled()
    {
        var step = await _test.PostStepAsync(await _test.PostEndpointAsync(), "Create", "account");
        var address = $"sdkmessageprocessingsteps({step})";

        (await _test.SendAsync(HttpMethod.Patch, address, "{'statecode':1,'statuscode':2}")).Dispose();
        _ = _test.Sandbox.Create(_accounts);
        var disabled = _test.Posted();
        (await _test.SendAsync(HttpMethod.Patch, address, "{'statecode':0,'statuscode':1}")).Dispose();
        _ = _test.Sandbox.Create(_accounts);
        var enabled = _test.Posted();
        (await _test.SendAsync(HttpMethod.Delete, address)).Dispose();
        _ = _test.Sandbox.Create(_accounts);

        (disabled, enabled, _test.Posted()).ShouldBe((0, 1, 1));
    }

    [Fact]
    public async Task Image_Registered_StandsBesideTheAutomaticOne()
    {
        var step = await _test.PostStepAsync(await _test.PostEndpointAsync(), "Update", "account");
        _ = await _test.PostImageAsync(step, "Target", "name,statecode");
        var id = _test.Sandbox.Create(_accounts);

        _ = _test.Sandbox.Update(_accounts, id, [_accounts.Column("telephone1")!.Ordinal]);

        var body = await _test.ReceiveAsync();
        var images = body.GetProperty("PostEntityImages").EnumerateArray().ToList();
        images.Select(static image => image.GetProperty("key").GetString())
            .ShouldBe(["AsynchronousStepPrimaryName", "after"]);
        images[1].GetProperty("value").GetProperty("Attributes").EnumerateArray()
            .Select(static attribute => attribute.GetProperty("key").GetString()).ShouldBe(["name", "statecode"]);
        images[1].GetProperty("value").GetProperty("Id").GetGuid().ShouldBe(id);
        body.GetProperty("OwningExtension").GetProperty("Id").GetGuid().ShouldBe(step);
    }

    [Fact]
    public async Task Steps_WithAndWithoutImage_PostABodyEach()
    {
        var endpoint = await _test.PostEndpointAsync();
        var image = await _test.PostStepAsync(endpoint, "Create", "account");
        _ = await _test.PostImageAsync(image, "Id", null);
        _ = await _test.PostStepAsync(endpoint, "Create", "account");
        _ = await _test.PostStepAsync(endpoint, "Create");

        _ = _test.Sandbox.Create(_accounts);

        _test.Posted().ShouldBe(3);
    }

    [Theory]
    [InlineData("Associate", 1)]
    [InlineData("Disassociate", 0)]
    public async Task Association_PostedOnlyForItsStep(string message, int posts)
    {
        _ = await _test.PostStepAsync(await _test.PostEndpointAsync(), message);
        var relationship = _test.Sandbox.Relationships[0];
        var (one, other) = (_test.Sandbox.Table(relationship.Table1), _test.Sandbox.Table(relationship.Table2));

        _ = _test.Sandbox.Associate(
            relationship, one, _test.Sandbox.Create(one), [_test.Sandbox.Create(other)]);

        _test.Posted().ShouldBe(posts);
    }

    [Theory]
    [InlineData("nosuch", 2)]
    [InlineData(RegistrationFixture.Queue, 1)]
    public async Task Post_ThatCannotBe_IsAFailedJobOfItsStep(string queue, int format)
    {
        var step = await _test.PostStepAsync(await _test.PostEndpointAsync(queue, format), "Create", "account");

        _ = _test.Sandbox.Create(_accounts);
        _ = _test.Sandbox.Create(_accounts);

        _test.Host.LostNotifications.ShouldBe(2);
        var jobs = await _test.GetAsync(
            $"asyncoperations?$select=completedon&$filter=_owningextensionid_value eq {step} and statuscode eq 31 and "
            + "completedon ge 2020-01-01T00:00:00Z&$orderby=completedon desc&$top=1&$count=true");
        jobs.GetProperty("@odata.count").GetInt32().ShouldBe(2);
        jobs.GetProperty("value").GetArrayLength().ShouldBe(1);
        (await _test.GetAsync($"asyncoperations?$filter=_owningextensionid_value eq {Guid.NewGuid()}"))
            .GetProperty("value").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Queue_Full_IsAFailedJob()
    {
        _ = await _test.PostStepAsync(await _test.PostEndpointAsync(), "Create", "account");

        for (var change = 0; change < 103; change++)
        {
            _ = _test.Sandbox.Create(_accounts);
        }

        (_test.Posted(), _test.Host.LostNotifications).ShouldBe((100, 3));
    }

    [Fact]
    public async Task Queue_ThatGetsEverything_GetsNothingTwice()
    {
        _test.Host.CreateQueue("all");
        _ = await _test.PostStepAsync(await _test.PostEndpointAsync("all"), "Create", "account");
        _ = await _test.PostStepAsync(await _test.PostEndpointAsync(), "Create", "account");

        _ = _test.Sandbox.Create(_accounts);
        _ = _test.Sandbox.Create(_test.Sandbox.Table("task"));

        (_test.Posted("all"), _test.Posted()).ShouldBe((2, 1));
    }
}
