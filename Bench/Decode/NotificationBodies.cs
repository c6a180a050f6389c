using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DataExport.Bench.Decode;

/// <summary>
/// Bodies as Dataverse writes them: compact, slashes escaped, the parent context repeating the whole target.
/// </summary>
internal static class NotificationBodies
{
    private const string Contracts = @":http:\/\/schemas.microsoft.com\/xrm\/2011\/Contracts";
    private const string RecordId = "c34e4970-7810-4e1f-9b34-8af0187f4271";
    private const string UserId = "ab7501c2-aa4e-ec11-8c62-000d3aba6cf0";

    private static readonly (ColumnType Type, string Value)[] Samples =
    [
        (ColumnType.Choice, $$"""{"__type":"OptionSetValue{{Contracts}}","Value":342490001}"""),
        (ColumnType.Text, "\"Minnie Ryder, Försterweg 12\""),
        (ColumnType.Boolean, "false"),
        (ColumnType.Lookup, Reference("systemuser")),
        (ColumnType.Text, "null"),
        (ColumnType.DateTime, """
            "\/Date(1667232842000)\/"
            """),
        (ColumnType.Money, $$"""{"__type":"Money{{Contracts}}","Value":45000.0000}"""),
        (ColumnType.Integer, "142502"),
        (ColumnType.Decimal, "1.0000000000"),
        (ColumnType.Choice, $$"""{"__type":"OptionSetValue{{Contracts}}","Value":1}"""),
        (ColumnType.Boolean, "true"),
        (ColumnType.Text, "\"minnie.ryder@example.com\""),
    ];

    /// <summary>The table: as many columns as are asked for, and the record's own.</summary>
    public static TableDefinition Table(int columns) => new()
    {
        Name = "contact",
        EntitySetName = "contacts",
        PrimaryIdColumn = "contactid",
        Columns =
        [
            .. Enumerable.Range(0, columns).Select(number => new ColumnDefinition
            {
                Name = ColumnName(number),
                Type = Samples[number % Samples.Length].Type,
            }),
            new ColumnDefinition { Name = "contactid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
        ],
    };

    /// <summary>A create or update of <paramref name="columns"/> columns.</summary>
    public static byte[] Body(string messageName, int columns)
    {
        var target = Target(columns);
        var parent = Context(messageName, target, "null", "[]");
        var image = $"[{Item("AsynchronousStepPrimaryName", Entity(2))}]";
        var body = Context(messageName, target, parent, image);
        return Encoding.UTF8.GetBytes(body.Replace(" ,", ",").Replace(", \"", ",\"").Replace(" }", "}"));
    }

    private static string ColumnName(int number) =>
        $"address{number % 3}_{(number % 2 == 0 ? "freighttermscode" : "line")}{number}";

    private static string Reference(string table) =>
        $$"""{"__type":"EntityReference{{Contracts}}","Id":"{{UserId}}","KeyAttributes":[],""" +
        $$"""
        "LogicalName":"{{table}}","Name":null,"RowVersion":null}
        """;

    private static string Target(int columns) => Entity(columns).Insert(1, $"\"__type\":\"Entity{Contracts}\",");

    private static string Entity(int columns)
    {
        var attributes = new StringBuilder();
        foreach (var number in Enumerable.Range(0, columns).OrderBy(number => number * 37 % 61))
        {
            attributes.Append(
                CultureInfo.InvariantCulture,
                $$"""{"key":"{{ColumnName(number)}}","value":{{Samples[number % Samples.Length].Value.Trim()}}},""");
        }

        attributes.Append(CultureInfo.InvariantCulture, $$"""{"key":"contactid","value":"{{RecordId}}"},""");
        attributes.Append("""{"key":"modifiedon","value":"\/Date(1667232842000)\/"}""");
        return $$"""{"Attributes":[{{attributes}}],"EntityState":null,"FormattedValues":[],"Id":"{{RecordId}}",""" +
            """
            "KeyAttributes":[],"LogicalName":"contact","RelatedEntities":[],"RowVersion":"132065397"}
            """.Trim();
    }

    private static string Context(string messageName, string target, string parent, string images) => string.Join(
        ',',
        """{"BusinessUnitId":"f3f1ee18-ef91-ea11-a811-000d3a652823" """,
        """ "CorrelationId":"03c8773e-2228-45c6-8e17-2217b18498eb","Depth":1""",
        $""" "InitiatingUserId":"{UserId}" """,
        $""" "InputParameters":[{Item("Target", target)},{Item("parentExecutionId", "null")}]""",
        """ "IsExecutingOffline":false,"IsInTransaction":false,"IsOfflinePlayback":false,"IsolationMode":1""",
        $""" "MessageName":"{messageName}","Mode":1,"OperationCreatedOn":"\/Date(1667232845000+0000)\/" """,
        """ "OperationId":"804c4f08-3759-ed11-9562-000d3adf72a2","OrganizationName":"contoso","OutputParameters":[]""",
        """ "OrganizationId":"407b9c05-0e6b-45c2-bf2f-45891c1c0937" """,
        $""" "OwningExtension":{Reference("sdkmessageprocessingstep")},"ParentContext":{parent}""",
        $""" "PostEntityImages":{images},"PreEntityImages":[],"PrimaryEntityId":"{RecordId}" """,
        """ "PrimaryEntityName":"contact" """,
        """ "RequestId":"ab80ed3e-9947-41f9-88d9-b30bebe4bff3","SecondaryEntityName":"none" """,
        $""" "SharedVariables":[{Item("IsAutoTransact", "true")}],"Stage":40,"UserId":"{UserId}" """) + "}";

    private static string Item(string key, string value) => $$"""{"key":"{{key}}","value":{{value}}}""";
}
