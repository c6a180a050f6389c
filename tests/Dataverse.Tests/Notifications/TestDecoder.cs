using System.Text;
using DataExport.Bench.Decode;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Tests.Notifications;

/// <summary>Decodes bodies for tests, and writes the small ones.</summary>
internal static class TestDecoder
{
    public const string RecordId = "80a2c641-4c79-e611-80df-c4346baca9e4";
    public const string OtherId = "11111111-1111-4111-8111-111111111111";
    public static readonly TableCatalog Catalog =
        new("p1", [TestTables.Account, TestTables.Define("lead", "leadid:UniqueIdentifier")]);

    /// <summary>
    /// Decodes a JSON body, and the same in XML and in binary XML: a test of what a message means is one of all three.
    /// </summary>
    public static DecodedNotification Decode(string body, bool isTruncated = false, TableCatalog? catalog = null)
    {
        var result = Decode(Encoding.UTF8.GetBytes(body), isTruncated, catalog);
        if (!body.Contains(@"\ud8", StringComparison.Ordinal))
        {
            // Half a letter cannot be written in XML.
            var json = body.TrimStart('\uFEFF', ' ', '\r', '\n');
            ShouldBeSame(Decode(NotificationForms.Xml(json), isTruncated, catalog), result);
            ShouldBeSame(Decode(NotificationForms.BinaryXml(json), isTruncated, catalog), result);
        }

        return result;
    }

    public static DecodedNotification Decode(byte[] body, bool isTruncated = false, TableCatalog? catalog = null)
    {
        var result = new DecodedNotification();
        var isDecoded = new NotificationDecoder().TryDecode(
            new NotificationBody(body, null, isTruncated), catalog ?? Catalog, result, out var fault);
        isDecoded.ShouldBeTrue(fault.ToString());
        return result;
    }

    /// <summary>A JSON body, and the same in XML and in binary XML.</summary>
    public static byte[][] Forms(string json) =>
        [Encoding.UTF8.GetBytes(json), NotificationForms.Xml(json), NotificationForms.BinaryXml(json)];

    /// <summary>Fails unless both say the same.</summary>
    public static void ShouldBeSame(DecodedNotification actual, DecodedNotification expected)
    {
        (actual.OrganizationId, actual.OperationId, actual.MessageName, actual.PrimaryEntityName).ShouldBe(
            (expected.OrganizationId, expected.OperationId, expected.MessageName, expected.PrimaryEntityName));
        (actual.PrimaryEntityId, actual.OperationCreatedOn, actual.IsTruncated, actual.RelationshipName).ShouldBe(
            (expected.PrimaryEntityId, expected.OperationCreatedOn, expected.IsTruncated, expected.RelationshipName));
        actual.HasUnnamedRecords.ShouldBe(expected.HasUnnamedRecords);
        actual.Changes.Select(Describe).ShouldBe(expected.Changes.Select(Describe));
    }

    private static string Describe(RecordChange change) =>
        $"{change.Key} {change.Kind} {change.ModifiedOn:O} {change.OperationId} {change.Reason} "
        + $"{change.Columns?.Layout} {(change.Columns is { } columns ? Convert.ToHexString(columns.Encoded) : "none")}";

    public static DecodeFault Fault(string body) => Fault(Encoding.UTF8.GetBytes(body));

    public static DecodeFault Fault(byte[] body, NotificationDecoderOptions? options = null)
    {
        var result = new DecodedNotification();
        new NotificationDecoder(options).TryDecode(new NotificationBody(body), Catalog, result, out var fault)
            .ShouldBeFalse();
        result.Changes.ShouldBeEmpty();
        return fault;
    }

    /// <summary>A context in which ' stands for the double quote.</summary>
    public static string Context(
        string message, string parameters, string primaryTable = "account", string primaryId = RecordId) => $$"""
        {'InputParameters':{{parameters}},'MessageName':'{{message}}',
        'OperationCreatedOn':'\/Date(1724647396000+0300)\/',
        'OperationId':'804c4f08-3759-ed11-9562-000d3adf72a2','OrganizationId':'407b9c05-0e6b-45c2-bf2f-45891c1c0937',
        'ParentContext':{'InputParameters':[{'key':'Target','value':null}]},
        'PrimaryEntityId':'{{primaryId}}','PrimaryEntityName':'{{primaryTable}}'}
        """.Replace('\'', '"');

    /// <summary>A context whose target has the attributes.</summary>
    public static string WithTarget(
        string message, string attributes, string table = "account", string id = RecordId) =>
        Context(message, $"[{{'key':'Target','value':{Entity(attributes, table, id)}}}]");

    public static string Entity(string attributes, string table = "account", string id = RecordId) =>
        $"{{'__type':'Entity:http:\\/\\/schemas.microsoft.com\\/xrm\\/2011\\/Contracts','Attributes':[{attributes}]," +
        $"'EntityState':null,'Id':'{id}','LogicalName':'{table}'}}";

    public static string Reference(string table = "account", string id = RecordId) =>
        $"{{'__type':'EntityReference:http:\\/\\/x','Id':'{id}','LogicalName':'{table}','Name':null}}";

    public static string Item(string key, string value) => $"{{'key':'{key}','value':{value}}}";
}
