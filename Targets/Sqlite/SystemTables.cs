namespace DataExport.Targets.Sqlite;

/// <summary>A table that every target has, whatever the profile exports.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The names of its columns, to tell ours from another of that name.</param>
/// <param name="Script">What creates it.</param>
internal sealed record SystemTable(SqlIdentifier Name, string[] Columns, string Script);

/// <summary>The scripts of DES's metadata tables and delete log, and of our tables beside them.</summary>
internal static class SystemTables
{
    internal static IEnumerable<SystemTable> Of(TargetNames names) =>
    [
        OptionsetMetadata(names.OptionsetMetadata),
        GlobalOptionsetMetadata(names.GlobalOptionsetMetadata),
        StateMetadata(names.StateMetadata),
        StatusMetadata(names.StatusMetadata),
        TargetMetadata(names.TargetMetadata),
        AttributeMetadata(names.AttributeMetadata),
        DeleteLog(names.DeleteLog),
        Pending(names.Pending),
        PendingSets(names.PendingSets),
        TableSync(names.TableSync),
    ];

    private static SystemTable OptionsetMetadata(SqlIdentifier name) => new(
        name,
        [
            "EntityName", "OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode",
            "LocalizedLabel",
        ],
        $"""
        CREATE TABLE {name} (
            "EntityName" nvarchar(64) NOT NULL,
            "OptionSetName" nvarchar(64) NOT NULL,
            "Option" int NOT NULL,
            "IsUserLocalizedLabel" bit NOT NULL,
            "LocalizedLabelLanguageCode" int NOT NULL,
            "LocalizedLabel" nvarchar(350),
            PRIMARY KEY ("EntityName", "OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
        );
        """);

    private static SystemTable GlobalOptionsetMetadata(SqlIdentifier name) => new(
        name,
        ["OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode", "LocalizedLabel"],
        $"""
        CREATE TABLE {name} (
            "OptionSetName" nvarchar(64) NOT NULL,
            "Option" int NOT NULL,
            "IsUserLocalizedLabel" bit NOT NULL,
            "LocalizedLabelLanguageCode" int NOT NULL,
            "LocalizedLabel" nvarchar(350),
            PRIMARY KEY ("OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
        );
        """);

    private static SystemTable StateMetadata(SqlIdentifier name) => new(
        name,
        ["EntityName", "State", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode", "LocalizedLabel"],
        $"""
        CREATE TABLE {name} (
            "EntityName" nvarchar(64) NOT NULL,
            "State" int NOT NULL,
            "IsUserLocalizedLabel" bit NOT NULL,
            "LocalizedLabelLanguageCode" int NOT NULL,
            "LocalizedLabel" nvarchar(350),
            PRIMARY KEY ("EntityName", "State", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
        );
        """);

    private static SystemTable StatusMetadata(SqlIdentifier name) => new(
        name,
        ["EntityName", "State", "Status", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode", "LocalizedLabel"],
        $"""
        CREATE TABLE {name} (
            "EntityName" nvarchar(64) NOT NULL,
            "State" int NOT NULL,
            "Status" int NOT NULL,
            "IsUserLocalizedLabel" bit NOT NULL,
            "LocalizedLabelLanguageCode" int NOT NULL,
            "LocalizedLabel" nvarchar(350),
            PRIMARY KEY ("EntityName", "State", "Status", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
        );
        """);

    private static SystemTable TargetMetadata(SqlIdentifier name) => new(
        name,
        ["EntityName", "AttributeName", "ReferencedEntity", "ReferencedAttribute"],
        $"""
        CREATE TABLE {name} (
            "EntityName" nvarchar(64) NOT NULL,
            "AttributeName" nvarchar(64) NOT NULL,
            "ReferencedEntity" nvarchar(64) NOT NULL,
            "ReferencedAttribute" nvarchar(64),
            PRIMARY KEY ("EntityName", "AttributeName", "ReferencedEntity")
        );
        """);

    private static SystemTable AttributeMetadata(SqlIdentifier name) => new(
        name,
        [
            "Id", "EntityName", "AttributeName", "AttributeType", "AttributeTypeCode", "Version", "Timestamp",
            "MetadataId", "Precision",
        ],
        $"""
        CREATE TABLE {name} (
            "Id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
            "EntityName" nvarchar(64) NOT NULL,
            "AttributeName" nvarchar(64) NOT NULL,
            "AttributeType" nvarchar(64) NOT NULL,
            "AttributeTypeCode" int NOT NULL,
            "Version" bigint NOT NULL,
            "Timestamp" datetime,
            "MetadataId" nvarchar(64),
            "Precision" int
        );
        """);

    /*
    The delete log is part of the fence: the newest entry of a record that has no row is its tombstone.

    Demands:
    1. The newest entry of a record is found in one step: the index ends with the rowid, which is "Id".
    2. An entry's number is never given twice, so that "newest" stays newest when old entries go.
    */
    private static SystemTable DeleteLog(SqlIdentifier name) => new(
        name,
        ["Id", "EntityName", "RecordId", "SinkDeleteTime", "VersionNumber"],
        $"""
        CREATE TABLE {name} (
            "Id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
            "EntityName" nvarchar(64) NOT NULL,
            "RecordId" nvarchar(64) NOT NULL,
            "SinkDeleteTime" datetime NOT NULL,
            "VersionNumber" bigint NOT NULL
        );
        CREATE INDEX {SqlIdentifier.Of(name.Name + "_RecordId")} ON {name} ("EntityName", "RecordId");
        """);

    /*
    Questions to the source, one a record.

    Demands:
    1. A question is found by its record: the merge asks, asks again and settles by it.
    2. The oldest questions of a table are found without reading the others.
    */
    private static SystemTable Pending(SqlIdentifier name) => new(
        name,
        ["EntityName", "RecordId", "Reason", "QuestionNumber", "AskedOn"],
        $"""
        CREATE TABLE {name} (
            "EntityName" nvarchar(64) NOT NULL,
            "RecordId" nvarchar(64) NOT NULL,
            "Reason" int NOT NULL,
            "QuestionNumber" bigint NOT NULL,
            "AskedOn" datetime NOT NULL,
            PRIMARY KEY ("EntityName", "RecordId")
        ) WITHOUT ROWID;
        CREATE INDEX {SqlIdentifier.Of(name.Name + "_QuestionNumber")} ON {name} ("EntityName", "QuestionNumber");
        """);

    /*
    Questions to the source about sets: all rows of a table that hold an id in a column.

    Demands:
    1. A set is asked once, however many messages touched it.
    2. The oldest questions of a table are found without reading the others.
    */
    private static SystemTable PendingSets(SqlIdentifier name) => new(
        name,
        ["EntityName", "ColumnName", "Value", "QuestionNumber", "AskedOn"],
        $"""
        CREATE TABLE {name} (
            "EntityName" nvarchar(64) NOT NULL,
            "ColumnName" nvarchar(128) NOT NULL,
            "Value" nvarchar(64) NOT NULL,
            "QuestionNumber" bigint NOT NULL,
            "AskedOn" datetime NOT NULL,
            PRIMARY KEY ("EntityName", "ColumnName", "Value")
        ) WITHOUT ROWID;
        CREATE INDEX {SqlIdentifier.Of(name.Name + "_QuestionNumber")} ON {name} ("EntityName", "QuestionNumber");
        """);

    private static SystemTable TableSync(SqlIdentifier name) => new(
        name,
        [
            "EntityName", "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone", "RowsTotal", "IsResync",
            "LastDeltaOn", "Message", "HighestVersion",
        ],
        $"""
        CREATE TABLE {name} (
            "EntityName" nvarchar(64) NOT NULL PRIMARY KEY,
            "Phase" int NOT NULL,
            "NextLink" "nvarchar(max)",
            "DeltaLink" "nvarchar(max)",
            "BeganOn" datetime,
            "RowsDone" bigint NOT NULL,
            "RowsTotal" bigint NOT NULL,
            "IsResync" bit NOT NULL,
            "LastDeltaOn" datetime,
            "Message" "nvarchar(max)",
            "HighestVersion" bigint
        ) WITHOUT ROWID;
        """);
}
