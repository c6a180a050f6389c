namespace DataExport.Sandbox.Tests;

public sealed class SetTests
{
    private readonly FakeClock _clock = new();
    private readonly RecordingSink _sink = new();

    [Fact]
    public void Associate_OfSeveral_JoinsThemAndPostsOneMessage()
    {
        var sandbox = Create();
        var (relationship, contact, others) = Pairs(sandbox, 3);

        sandbox.Associate(relationship, sandbox.Table("contact"), contact, others).ShouldBe(3);

        sandbox.Related(relationship, sandbox.Table("contact"), contact).ShouldBe(others, ignoreOrder: true);
        sandbox.Related(relationship, sandbox.Table("opportunity"), others[0]).ShouldContain(contact);
        var parameters = Parameters();
        _sink.Posted.Count.ShouldBe(1);
        _sink.Last.Envelope.MessageName.ShouldBe("Associate");
        parameters["Target"].GetProperty("LogicalName").GetString().ShouldBe("contact");
        parameters["Target"].GetProperty("Id").GetGuid().ShouldBe(contact);
        parameters["Relationship"].GetProperty("SchemaName").GetString().ShouldBe(relationship.SchemaName);
        parameters["RelatedEntities"].EnumerateArray().Select(each => each.GetProperty("Id").GetGuid())
            .ShouldBe(others);
        parameters["RelatedEntities"][0].GetProperty("LogicalName").GetString().ShouldBe("opportunity");
    }

    [Fact]
    public void Associate_FromEitherSide_NamesTheRecordInSomeMessages()
    {
        var sandbox = Create();
        var (relationship, contact, others) = Pairs(sandbox, 40);
        foreach (var other in others)
        {
            sandbox.Associate(relationship, sandbox.Table("opportunity"), other, [contact]).ShouldBe(1);
            var isNamed = _sink.Last.Envelope.Table == "opportunity";

            _sink.Last.Body.GetProperty("PrimaryEntityName").GetString().ShouldBe(isNamed ? "opportunity" : "none");
            _sink.Last.Body.GetProperty("PrimaryEntityId").GetGuid().ShouldBe(isNamed ? other : Guid.Empty);
        }

        _sink.Posted.Select(posted => posted.Envelope.Table).Distinct().Order().ShouldBe(["none", "opportunity"]);
    }

    [Fact]
    public void Associate_AgainAfterDisassociate_HasTheSameId()
    {
        var sandbox = Create();
        var (relationship, contact, others) = Pairs(sandbox, 1);
        var intersect = sandbox.Table(relationship.Intersect);
        sandbox.Associate(relationship, sandbox.Table("contact"), contact, others).ShouldBe(1);
        sandbox.Associate(relationship, sandbox.Table("contact"), contact, others).ShouldBe(0);
        var row = RowOf(sandbox, relationship, contact, others[0]);

        sandbox.Disassociate(relationship, sandbox.Table("opportunity"), others[0], [contact]).ShouldBe(1);
        sandbox.TryFind(intersect, row.Id, out var gone).ShouldBeTrue();
        sandbox.Associate(relationship, sandbox.Table("contact"), contact, others).ShouldBe(1);

        gone.IsAlive.ShouldBeFalse();
        var again = RowOf(sandbox, relationship, contact, others[0]);
        again.Id.ShouldBe(row.Id);
        again.Version.ShouldBeGreaterThan(gone.Version);
        _sink.Posted.Select(posted => posted.Envelope.MessageName)
            .ShouldBe(["Associate", "Disassociate", "Associate"]);
    }

    [Fact]
    public void Associate_WithWhatDoesNotExist_ChangesNothing()
    {
        var sandbox = Create();
        var (relationship, contact, others) = Pairs(sandbox, 1);
        sandbox.DeleteSilently(sandbox.Table("opportunity"), others[0]);

        sandbox.Associate(relationship, sandbox.Table("contact"), contact, [others[0], Guid.NewGuid()]).ShouldBe(0);
        sandbox.Associate(relationship, sandbox.Table("contact"), Guid.NewGuid(), others).ShouldBe(0);

        _sink.Posted.ShouldBeEmpty();
        Should.Throw<ArgumentException>(
            () => sandbox.Associate(relationship, sandbox.Table("account"), contact, others));
    }

    [Fact]
    public void Delete_OfOneSide_TakesItsPairsAlongWithoutAMessage()
    {
        var sandbox = Create();
        var (relationship, contact, others) = Pairs(sandbox, 3);
        var intersect = sandbox.Table(relationship.Intersect);
        var before = sandbox.Count(intersect);
        sandbox.AssociateSilently(relationship, sandbox.Table("contact"), contact, others);

        sandbox.Delete(sandbox.Table("opportunity"), others[0]);
        sandbox.Count(intersect).ShouldBe(before + 2);
        sandbox.Delete(sandbox.Table("contact"), contact);

        sandbox.Count(intersect).ShouldBe(before);
        sandbox.Related(relationship, sandbox.Table("contact"), contact).ShouldBeEmpty();
        _sink.Posted.Select(posted => posted.Envelope.MessageName).ShouldBe(["Delete", "Delete"]);
    }

    [Fact]
    public void Update_OfParties_ReplacesThoseOfThatPartWithNewIds()
    {
        var sandbox = Create();
        var email = sandbox.Table("email");
        var id = sandbox.Records(email).First().Id;
        sandbox.Update(email, id, [email.Column("cc")!.Ordinal, email.Column("to")!.Ordinal]);
        var before = PartiesOf(sandbox, id);

        sandbox.Update(email, id, [email.Column("to")!.Ordinal]).ShouldBeTrue();

        var after = PartiesOf(sandbox, id);
        after.Where(party => party.Mask == 3).ShouldBe(before.Where(party => party.Mask == 3), ignoreOrder: true);
        var recipients = after.Where(party => party.Mask == 2).ToList();
        recipients.ShouldNotBeEmpty();
        recipients.Select(party => party.Id).Intersect(before.Select(party => party.Id)).ShouldBeEmpty();
        _sink.Last.Attributes.Keys.ShouldContain("to");
        _sink.Last.Attributes.Keys.ShouldNotContain("cc");
        var sent = _sink.Last.Attributes["to"].GetProperty("Entities");
        sent.GetArrayLength().ShouldBe(recipients.Count);
        sent[0].GetProperty("LogicalName").GetString().ShouldBe("activityparty");
    }

    [Fact]
    public void Parties_InMessages_SometimesHaveNoId()
    {
        var sandbox = Create();
        var email = sandbox.Table("email");
        var id = sandbox.Records(email).First().Id;
        var ids = new List<(Guid Sent, Guid Stored)>();
        for (var change = 0; change < 30; change++)
        {
            sandbox.Update(email, id, [email.Column("from")!.Ordinal]);
            var sent = _sink.Last.Attributes["from"].GetProperty("Entities")[0];
            var names = sent.GetProperty("Attributes").EnumerateArray()
                .Select(attribute => attribute.GetProperty("key").GetString()).ToList();
            names.ShouldContain("partyid");
            names.ShouldContain("participationtypemask");
            ids.Add((sent.GetProperty("Id").GetGuid(), PartiesOf(sandbox, id).Single(party => party.Mask == 1).Id));
        }

        ids.ShouldContain(pair => pair.Sent == Guid.Empty);
        ids.Where(pair => pair.Sent != Guid.Empty).ShouldAllBe(pair => pair.Sent == pair.Stored);
    }

    [Fact]
    public void Delete_OfAnActivity_TakesItsPartiesAlong()
    {
        var sandbox = Create();
        var email = sandbox.Table("email");
        var id = sandbox.Records(email).First().Id;
        sandbox.Update(email, id, [email.Column("to")!.Ordinal]);

        sandbox.Delete(email, id);

        PartiesOf(sandbox, id).ShouldBeEmpty();
        sandbox.Restore(email, id).ShouldBeTrue();
    }

    [Fact]
    public void Rows_OfSets_CannotBeChangedAlone()
    {
        var sandbox = Create();
        var parties = sandbox.Table("activityparty");

        Should.Throw<ArgumentException>(() => sandbox.Create(parties));
        Should.Throw<ArgumentException>(() => sandbox.Delete(parties, sandbox.Records(parties).First().Id));
    }

    [Fact]
    public void Image_Changed_ChangesIdTimeAndAddressTogether()
    {
        var sandbox = Create();
        var contacts = sandbox.Table("contact");
        string[] names = ["entityimageid", "entityimage_timestamp", "entityimage_url"];
        foreach (var record in sandbox.Records(contacts).Take(200))
        {
            var before = Values(record.Id);
            sandbox.Update(contacts, record.Id, [contacts.Column("entityimageid")!.Ordinal]);
            var after = Values(record.Id);

            names.ShouldBeSubsetOf(_sink.Last.Attributes.Keys);
            after.Select(value => value.IsNull).Distinct().Count().ShouldBe(1);
            (before[0] == after[0]).ShouldBe(before[1] == after[1]);
            (before[0] == after[0]).ShouldBe(before[2] == after[2]);
        }

        List<SandboxValue> Values(Guid id)
        {
            sandbox.TryFind(contacts, id, out var record);
            return [.. names.Select(name => sandbox.Value(contacts, record, contacts.Column(name)!))];
        }
    }

    private DataverseSandbox Create()
    {
        var sandbox = new DataverseSandbox(new DataverseSandboxOptions { Seed = 9 }, _clock, _sink);
        sandbox.Seed(2000);
        return sandbox;
    }

    /// <summary>A contact that is joined with nothing, and opportunities.</summary>
    private static (SandboxRelationship Relationship, Guid Contact, List<Guid> Others) Pairs(
        DataverseSandbox sandbox, int count)
    {
        var relationship = sandbox.Relationships.Single();
        var contacts = sandbox.Table("contact");
        var contact = sandbox.Records(contacts)
            .First(record => sandbox.Related(relationship, contacts, record.Id).Count == 0).Id;
        var others = sandbox.Records(sandbox.Table("opportunity")).Take(count).Select(other => other.Id);
        return (relationship, contact, [.. others]);
    }

    private static SandboxRecord RowOf(
        DataverseSandbox sandbox, SandboxRelationship relationship, Guid contact, Guid opportunity)
    {
        var table = sandbox.Table(relationship.Intersect);
        return sandbox.Records(table).Single(row =>
            sandbox.Value(table, row, table.Column("contactid")!).Guid == contact
            && sandbox.Value(table, row, table.Column("opportunityid")!).Guid == opportunity);
    }

    private static List<(Guid Id, long Mask)> PartiesOf(DataverseSandbox sandbox, Guid activity)
    {
        var table = sandbox.Table("activityparty");
        var mask = table.Column("participationtypemask")!;
        return
        [
            .. sandbox.Records(table)
                .Where(party => sandbox.Value(table, party, table.Column("activityid")!).Guid == activity)
                .Select(party => (party.Id, sandbox.Value(table, party, mask).Integer)),
        ];
    }

    private Dictionary<string, System.Text.Json.JsonElement> Parameters() =>
        _sink.Last.Body.GetProperty("InputParameters").EnumerateArray().ToDictionary(
            item => item.GetProperty("key").GetString()!, item => item.GetProperty("value"));
}
