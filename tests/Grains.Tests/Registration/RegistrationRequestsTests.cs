using DataExport.Grains.Registration;

namespace DataExport.Grains.Tests.Registration;

public sealed class RegistrationRequestsTests
{
    private static ExportProfile Profile => RegistrationHost.Route.Profile;

    [Fact]
    public void Request_OfTables_FiltersByTheirColumnsAndNotByStamps()
    {
        var table = RegistrationHost.Table(
            "account", "accountid", "name", "modifiedon", "modifiedby", "createdon", "versionnumber", "revenue");

        var request = RegistrationRequests.Of(Profile, [table], [])!;

        var account = request.Tables.ShouldHaveSingleItem();
        account.FilteringColumns.ShouldBe(["name", "revenue"]);
        account.ImageColumns.ShouldBeEmpty();
        request.PostsAssociations.ShouldBeFalse();
    }

    [Fact]
    public void Request_OfSets_PostsPairsAndTakesEveryUpdateOfAnActivity()
    {
        var link = RegistrationHost.Table("link", "linkid", "aid", "bid") with
        {
            Relationships = [new RelationshipDefinition("a_b", "a", "aid", "b", "bid")],
        };
        var parties = RegistrationHost.Table(TableDefinition.ActivityPartyTable, "activitypartyid", "activityid");
        var email = RegistrationHost.Table("email", TableDefinition.ActivityColumn, "subject");

        var request = RegistrationRequests.Of(Profile, [link, parties, email], [])!;
        var withoutParties = RegistrationRequests.Of(Profile, [email], [])!;

        request.PostsAssociations.ShouldBeTrue();
        request.Tables.ShouldHaveSingleItem().FilteringColumns.ShouldBeEmpty("its lists of parties are no columns");
        withoutParties.Tables.ShouldHaveSingleItem().FilteringColumns.ShouldBe(["subject"]);
    }

    [Theory]
    [InlineData("changes", "changes", false)]
    [InlineData("changes", "changes/subscriptions/sql", true)]
    public void Endpoint_OfAConnection_IsAQueueOrTopic(string posting, string pulling, bool isTopic)
    {
        var address = PostAddresses.Of(Profile with
        {
            RegistrationConnection = RegistrationHost.Connection("Send", posting),
            NotificationConnection = RegistrationHost.Connection("Listen", pulling),
        })!;

        (address.Namespace, address.Path, address.IsTopic).ShouldBe(("sb://bus.example.com/", "changes", isTopic));
        (address.KeyName, address.Key).ShouldBe(("Send", "hush"));
        address.ToString().ShouldBe("sb://bus.example.com/changes", "its key is a secret");
    }

    [Fact]
    public void Endpoint_WithoutAKey_IsRefusedWithoutTheSecret()
    {
        var refused = Should.Throw<ProfileException>(() => PostAddresses.Of(Profile with
        {
            RegistrationConnection = "Endpoint=sb://bus/;SharedAccessKeyName=hush;EntityPath=q",
        }));

        refused.Message.ShouldContain("SharedAccessKey");
        refused.Message.ShouldNotContain("hush");
    }

    [Fact]
    public void Profile_ByHand_HasNoRequest() =>
        RegistrationRequests.Of(Profile with { RegistrationConnection = " " }, [], []).ShouldBeNull();
}
