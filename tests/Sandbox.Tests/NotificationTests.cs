using System.Text;
using System.Text.Json;

namespace DataExport.Sandbox.Tests;

public sealed class NotificationTests
{
    private readonly FakeClock _clock = new();
    private readonly RecordingSink _sink = new();

    [Fact]
    public void Create_Posted_HoldsEverySetColumnAndNoVersion()
    {
        var sandbox = Create();
        foreach (var table in sandbox.Tables.Where(table => !table.HasSets))
        {
            for (var number = 0; number < 50; number++)
            {
                var id = sandbox.Create(table);
                var (envelope, attributes) = (_sink.Last.Envelope, _sink.Last.Attributes);

                envelope.MessageName.ShouldBe("Create");
                envelope.Table.ShouldBe(table.Name);
                sandbox.TryFind(table, id, out var record);
                foreach (var column in table.Columns.Where(column => column.Name != "versionnumber"
                    && !column.IsComputed && column.Type is not SandboxColumnType.PartyList))
                {
                    var value = sandbox.Value(table, record, column);
                    if (attributes.TryGetValue(column.Name, out var json))
                    {
                        ExpectedJson.IsInMessage(column, value, json).ShouldBeTrue($"{column.Name}: {value} as {json}");
                    }
                    else
                    {
                        value.IsNull.ShouldBeTrue(column.Name);
                    }
                }

                attributes.Keys.ShouldNotContain("versionnumber");
                _sink.Last.Body.GetProperty("OutputParameters")[0].GetProperty("value").GetGuid().ShouldBe(id);
            }
        }
    }

    [Fact]
    public void Update_Posted_HoldsTheSentColumnsAndTheStamps()
    {
        var sandbox = Create();
        var table = sandbox.Table("account");
        var record = sandbox.Records(table).First();
        _clock.Advance(TimeSpan.FromSeconds(90));

        sandbox.Update(table, record.Id, [table.Column("telephone1")!.Ordinal, table.Column("revenue")!.Ordinal]);

        sandbox.TryFind(table, record.Id, out record);
        var attributes = _sink.Last.Attributes;
        attributes.Keys.ShouldBe([
            "accountid", "telephone1", "revenue", "revenue_base", "modifiedon", "modifiedby", "modifiedonbehalfby",
        ]);
        foreach (var (name, json) in attributes)
        {
            var column = table.Column(name)!;
            ExpectedJson.IsInMessage(column, sandbox.Value(table, record, column), json).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Updates_OfManyColumns_EndWithTheValuesOfTheRecord()
    {
        var sandbox = Create();
        var generator = new ChangeGenerator(sandbox, 4);
        for (var change = 0; change < 3000; change++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            var made = generator.Next();
            if (made.Kind is not GeneratedChangeKind.Update)
            {
                continue;
            }

            sandbox.TryFind(made.Table, made.Id, out var record);
            foreach (var (name, json) in _sink.Last.Attributes)
            {
                var column = made.Table.Column(name)!;
                var value = sandbox.Value(made.Table, record, column);
                ExpectedJson.IsInMessage(column, value, json).ShouldBeTrue($"{name}: {value} as {json}");
            }
        }

        _sink.Posted.Count.ShouldBe(3000);
    }

    [Fact]
    public void Update_OfWhatOthersAreComputedFrom_SendsTheseAlong()
    {
        var sandbox = Create();
        var table = sandbox.Table("contact");
        var id = sandbox.Records(table).First().Id;

        foreach (var (name, companion) in (ReadOnlySpan<(string, string)>)[
            ("firstname", "fullname"), ("statecode", "statuscode"), ("ownerid", "owningteam")])
        {
            sandbox.Update(table, id, [table.Column(name)!.Ordinal]);
            _sink.Last.Attributes.Keys.ShouldContain(companion);
        }
    }

    [Theory]
    [InlineData("Delete", "PreEntityImages")]
    [InlineData("Restore", null)]
    public void DeleteAndRestore_Posted_NameTheRecordAlone(string message, string? images)
    {
        var sandbox = Create();
        var table = sandbox.Table("opportunity");
        var id = sandbox.Records(table).First().Id;
        sandbox.Delete(table, id);
        if (message == "Restore")
        {
            sandbox.Restore(table, id);
        }

        var body = _sink.Last.Body;
        body.GetProperty("MessageName").GetString().ShouldBe(message);
        _sink.Last.Target.GetProperty("__type").GetString()
            .ShouldBe("EntityReference:http://schemas.microsoft.com/xrm/2011/Contracts");
        _sink.Last.Target.GetProperty("Id").GetGuid().ShouldBe(id);
        body.GetProperty("PrimaryEntityId").GetGuid().ShouldBe(id);
        if (images is not null)
        {
            body.GetProperty(images)[0].GetProperty("key").GetString().ShouldBe("AsynchronousStepPrimaryName");
        }
    }

    [Fact]
    public void Body_Written_HasDataversesKeysInAlphabeticalOrder()
    {
        var sandbox = Create();
        sandbox.Create(sandbox.Table("account"));

        var body = _sink.Last.Body;
        var keys = body.EnumerateObject().Select(member => member.Name).ToList();
        keys.ShouldBe([
            "BusinessUnitId", "CorrelationId", "Depth", "InitiatingUserAgent",
            "InitiatingUserAzureActiveDirectoryObjectId", "InitiatingUserId", "InputParameters", "IsExecutingOffline",
            "IsInTransaction", "IsOfflinePlayback", "IsolationMode", "MessageName", "Mode", "OperationCreatedOn",
            "OperationId", "OrganizationId", "OrganizationName", "OutputParameters", "OwningExtension", "ParentContext",
            "PostEntityImages", "PreEntityImages", "PrimaryEntityId", "PrimaryEntityName", "RequestId",
            "SecondaryEntityName", "SharedVariables", "Stage", "UserAzureActiveDirectoryObjectId", "UserId",
        ]);
        (body.GetProperty("Mode").GetInt32(), body.GetProperty("Stage").GetInt32()).ShouldBe((1, 40));
        var parent = body.GetProperty("ParentContext");
        parent.EnumerateObject().Select(member => member.Name).ShouldBe(keys);
        parent.GetProperty("Stage").GetInt32().ShouldBe(30);
        parent.GetProperty("InputParameters")[0].GetProperty("value").GetProperty("Attributes").EnumerateArray()
            .Select(item => item.GetProperty("key").GetString()).ShouldNotContain("modifiedon");
        body.GetProperty("OrganizationId").GetGuid().ShouldBe(sandbox.OrganizationId);
        Encoding.UTF8.GetString(_sink.Last.Bytes)
            .ShouldContain(@"http:\/\/schemas.microsoft.com\/xrm\/2011\/Contracts");
    }

    [Fact]
    public void Body_WithoutParentContext_SaysNull()
    {
        var sandbox = Create(new DataverseSandboxOptions { HasParentContext = false });
        sandbox.Create(sandbox.Table("account"));

        _sink.Last.Body.GetProperty("ParentContext").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Body_TooLargeForTheBus_LosesItsColumns()
    {
        var sandbox = Create(new DataverseSandboxOptions { BodyBytesMax = 2000 });
        var id = sandbox.Create(sandbox.Table("account"));

        _sink.Last.Envelope.IsTruncated.ShouldBeTrue();
        var body = _sink.Last.Body;
        body.GetProperty("InputParameters").GetArrayLength().ShouldBe(0);
        body.GetProperty("PostEntityImages").GetArrayLength().ShouldBe(0);
        body.GetProperty("ParentContext").ValueKind.ShouldBe(JsonValueKind.Null);
        body.GetProperty("PrimaryEntityId").GetGuid().ShouldBe(id);
    }

    [Fact]
    public void Posts_Many_HaveDifferentOperations()
    {
        var sandbox = Create();
        var generator = new ChangeGenerator(sandbox, 1);
        for (var change = 0; change < 500; change++)
        {
            generator.Next();
        }

        var operations = _sink.Posted.Select(posted => posted.Body.GetProperty("OperationId").GetGuid()).ToList();
        operations.Distinct().Count().ShouldBe(500);
        operations.ShouldBe(_sink.Posted.Select(posted => posted.Envelope.OperationId));
    }

    [Fact]
    public void Change_Silent_PostsNothing()
    {
        var sandbox = Create();
        var table = sandbox.Table("account");
        var id = sandbox.CreateSilently(table);
        sandbox.UpdateSilently(table, id, [table.Column("fax")!.Ordinal]);
        sandbox.DeleteSilently(table, id);

        _sink.Posted.ShouldBeEmpty();
    }

    private DataverseSandbox Create(DataverseSandboxOptions? options = null)
    {
        var sandbox = new DataverseSandbox(options ?? new DataverseSandboxOptions(), _clock, _sink);
        sandbox.Seed(1000);
        return sandbox;
    }
}
