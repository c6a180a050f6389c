using System.Collections.Immutable;
using DataExport.Silo.Api;

namespace DataExport.Silo.Tests.Api;

public sealed class ProfileValidationTests
{
    private static readonly ExportProfile _valid = ApiFixture.Valid;

    public static TheoryData<string, Func<ExportProfile, ExportProfile>> Faults => new()
    {
        { "Name is missing", profile => profile with { Name = " " } },
        { "Name has 101 characters", profile => profile with { Name = new string('n', 101) } },
        { "Entities is empty", profile => profile with { Entities = [] } },
        { "Entities is empty", profile => profile with { Entities = default } },
        { "Entities has 1001 entries", profile => profile with { Entities = Tables(1_001) } },
        { "Entities[1].Type", profile => profile with { Entities = [new("account"), new("Account")] } },
        { "Entities[0].Type", profile => profile with { Entities = [new("x; DROP TABLE y")] } },
        { "Entities[0].Type", profile => profile with { Entities = [new(null!)] } },
        {
            "Entities[1].Type names account again",
            profile => profile with { Entities = [new("account"), new("account")] }
        },
        {
            "Entities[0].Filter, character 14: expected a value",
            profile => profile with { Entities = [new("account") { Filter = "statecode eq" + " or" }] }
        },
        {
            "Entities[0].Columns[1] names name again",
            profile => profile with { Entities = [new("account") { Columns = ["name", "name"] }] }
        },
        {
            "Entities[0].Masks[0] hides accountid",
            profile => profile with { Entities = [new("account") { Masks = [new("accountid")] }] }
        },
        {
            "Entities[0].Masks[0] hashes name, and MaskKey is missing",
            profile => profile with { Entities = [new("account") { Masks = [new("name", MaskKind.Hash)] }] }
        },
        {
            "Entities[0].Masks[0].Kind",
            profile => profile with { Entities = [new("account") { Masks = [new("name", (MaskKind)7)] }] }
        },
        { "MaskKey is shorter than 16", profile => profile with { MaskKey = "hush" } },
        { "Relationships[0]", profile => profile with { Relationships = ["account leads"] } },
        { "Relationships[1] names A_B again", profile => profile with { Relationships = ["a_b", "A_B"] } },
        { "DestinationType", profile => profile with { DestinationType = "oracle" } },
        { "DestinationConnection is missing", profile => profile with { DestinationConnection = null } },
        { "DestinationPrefix", profile => profile with { DestinationPrefix = "fifteenletters1" } },
        { "DestinationPrefix", profile => profile with { DestinationPrefix = "a_b" } },
        { "DestinationPrefix", profile => profile with { DestinationPrefix = "abc\n" } },
        { "DestinationSchemaName", profile => profile with { DestinationSchemaName = "a.b" } },
        { "DestinationSchemaName", profile => profile with { DestinationSchemaName = new string('a', 64) } },
        { "RetryPolicy.MaxRetryCount is 21", profile => profile with { RetryPolicy = new(MaxRetryCount: 21) } },
        { "RetryPolicy.MaxRetryCount is -1", profile => profile with { RetryPolicy = new(MaxRetryCount: -1) } },
        {
            "RetryPolicy.IntervalInSeconds is 3601",
            profile => profile with { RetryPolicy = new(IntervalInSeconds: 3_601) }
        },
        { "RetryPolicy.Backoff", profile => profile with { RetryPolicy = new(Backoff: "Exponential") } },
        { "RetryPolicy is null", profile => profile with { RetryPolicy = null! } },
        { "SourceUrl", profile => profile with { SourceUrl = "org.crm.dynamics.com" } },
        { "SourceUrl", profile => profile with { SourceUrl = "ftp://org" } },
        { "SourceUrl", profile => profile with { SourceUrl = "https://user:hush@org" } },
        { "NotificationConnection is missing", profile => profile with { NotificationConnection = null } },
        {
            "RegistrationConnection: The connection string has no EntityPath",
            profile => profile with { RegistrationConnection = Posting("sb://bus/", null) }
        },
        {
            "RegistrationConnection has a signature",
            profile => profile with
            {
                RegistrationConnection = "Endpoint=sb://bus/;SharedAccessSignature=hush;EntityPath=queue",
            }
        },
        {
            "RegistrationConnection names a subscription",
            profile => profile with { RegistrationConnection = Posting("sb://bus/", "topic/Subscriptions/one") }
        },
        {
            "RegistrationConnection posts to bus:5671/other, but NotificationConnection pulls from bus:5671/",
            profile => profile with { RegistrationConnection = Posting("sb://bus/", "other") }
        },
        {
            "RegistrationConnection posts to elsewhere:5671/",
            profile => profile with { RegistrationConnection = Posting("sb://elsewhere/", "queue") }
        },
        {
            "NotificationConnection: The connection string has no Endpoint",
            profile => profile with { NotificationConnection = "EntityPath=q" }
        },
        {
            "NotificationConnection: The connection string has no EntityPath",
            profile => profile with
            {
                NotificationConnection = "Endpoint=sb://bus/;SharedAccessKeyName=listen;SharedAccessKey=hush",
            }
        },
        {
            "NotificationConnection: Part 3 of the connection string (5 characters)",
            profile => profile with
            {
                NotificationConnection = "Endpoint=sb://bus/;SharedAccessKeyName=listen;hush=;EntityPath=q",
            }
        },
        {
            "NotificationConnection: The connection string has a SharedAccessKeyName and no SharedAccessKey",
            profile => profile with
            {
                NotificationConnection = "Endpoint=sb://bus/;SharedAccessKeyName=listen;EntityPath=q",
            }
        },
    };

    [Theory]
    [InlineData("queue", "QUEUE")]
    [InlineData("topic", "topic/subscriptions/one")]
    public void Check_RegistrationOfTheSamePlace_IsTaken(string posting, string pulling) =>
        ProfileValidation.Check(_valid with
        {
            RegistrationConnection = Posting("sb://bus/", posting),
            NotificationConnection = Posting("sb://BUS:5671", pulling),
        }).ShouldBeEmpty();

    [Fact]
    public void Check_ValidProfile_FindsNothing() => ProfileValidation.Check(_valid).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("fourteenlettrs")]
    public void Check_ShortestAndLongestPrefix_AreTaken(string prefix) =>
        ProfileValidation.Check(_valid with { DestinationPrefix = prefix }).ShouldBeEmpty();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 3_600)]
    public void Check_SmallestAndLargestRetryPolicy_AreTaken(int count, int seconds) =>
        ProfileValidation.Check(_valid with { RetryPolicy = new(count, seconds) }).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_OneFault_IsNamedWithItsRemedyAndWithoutSecrets(
        string expected, Func<ExportProfile, ExportProfile> spoil)
    {
        var faults = ProfileValidation.Check(spoil(_valid));

        var fault = faults.ShouldHaveSingleItem();
        fault.ShouldStartWith(expected);
        fault.ShouldNotContain("hush");
        fault.ShouldEndWith(".");
        fault.Split(". ").Length.ShouldBeGreaterThan(1, "the fault and its remedy are two sentences");
    }

    private static string Posting(string endpoint, string? path) =>
        $"Endpoint={endpoint};SharedAccessKeyName=send;SharedAccessKey=hush"
            + (path is null ? "" : $";EntityPath={path}");

    private static ImmutableArray<ProfileEntity> Tables(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new ProfileEntity($"table{number}"))];
}
