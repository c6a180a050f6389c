using System.Text;

namespace DataExport.Silo.Tests.Pulling;

/// <summary>Small notifications as Dataverse posts them.</summary>
internal static class Messages
{
    public static readonly Guid Organization = Guid.Parse("407b9c05-0e6b-45c2-bf2f-45891c1c0937");

    public static TableDefinition Account { get; } = new()
    {
        Name = "account",
        EntitySetName = "accounts",
        PrimaryIdColumn = "accountid",
        Columns =
        [
            new ColumnDefinition { Name = "accountid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "name", Type = ColumnType.Text },
            new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
        ],
    };

    public static byte[] Update(Guid id, Guid? organization = null) => Encoding.UTF8.GetBytes($$"""
        {"InputParameters":[{"key":"Target","value":{
        "__type":"Entity:http:\/\/schemas.microsoft.com\/xrm\/2011\/Contracts",
        "Attributes":[{"key":"name","value":"Contoso"},{"key":"modifiedon","value":"\/Date(1667232845000)\/"}],
        "Id":"{{id}}","LogicalName":"account" } } ],"MessageName":"Update","Mode":1,
        "OperationCreatedOn":"\/Date(1667232845000+0000)\/","OperationId":"{{Guid.NewGuid()}}",
        "OrganizationId":"{{organization ?? Organization}}","PrimaryEntityId":"{{id}}", "PrimaryEntityName":"account" }
        """);

    /// <summary>A bulk request of which nothing but its table is left.</summary>
    public static byte[] TruncatedBulkUpdate() => Encoding.UTF8.GetBytes($$"""
        {"InputParameters":null,"MessageName":"UpdateMultiple","Mode":1,
        "OperationCreatedOn":"\/Date(1667232845000+0000)\/","OperationId":"{{Guid.NewGuid()}}",
        "OrganizationId":"{{Organization}}","PrimaryEntityId":"{{Guid.Empty}}", "PrimaryEntityName":"account" }
        """);

    public static byte[] CustomAction() => Encoding.UTF8.GetBytes($$"""
        {"InputParameters":[{"key":"Text","value":"hello"}],"MessageName":"new_DoSomething","Mode":1,
        "OperationCreatedOn":"\/Date(1667232845000+0000)\/","OperationId":"{{Guid.NewGuid()}}",
        "OrganizationId":"{{Organization}}","PrimaryEntityId":"{{Guid.Empty}}", "PrimaryEntityName":"none" }
        """);
}
