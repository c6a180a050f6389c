using static DataExport.Targets.Layout.SystemType;

namespace DataExport.Targets.Layout;

/// <summary>DES's metadata tables and delete log, and our tables beside them.</summary>
internal static class SystemTables
{
    private static readonly SystemColumn _entityName = new("EntityName", Text, 64);

    private static readonly SystemColumn[] _label =
    [
        new("IsUserLocalizedLabel", Bit),
        new("LocalizedLabelLanguageCode", Int),
        new("LocalizedLabel", Text, 350, IsNullable: true),
    ];

    internal static IReadOnlyList<SystemTable> Of(TargetNames names) =>
    [
        Labels(names.OptionsetMetadata, _entityName, new("OptionSetName", Text, 64), new("Option", Int)),
        Labels(names.GlobalOptionsetMetadata, new("OptionSetName", Text, 64), new("Option", Int)),
        Labels(names.StateMetadata, _entityName, new("State", Int)),
        Labels(names.StatusMetadata, _entityName, new("State", Int), new("Status", Int)),
        TargetMetadata(names.TargetMetadata),
        AttributeMetadata(names.AttributeMetadata),
        DeleteLog(names.DeleteLog),
        Pending(names.Pending),
        PendingSets(names.PendingSets),
        TableSync(names.TableSync),
        SchemaChanges(names.SchemaChanges),
    ];

    /// <summary>A table of labels: its key is all but the label itself.</summary>
    private static SystemTable Labels(TableName name, params SystemColumn[] columns) => new(
        name,
        [.. columns, .. _label],
        [.. columns.Concat(_label).Where(column => !column.IsNullable).Select(column => column.Name)],
        []);

    private static SystemTable TargetMetadata(TableName name) => new(
        name,
        [
            _entityName,
            new("AttributeName", Text, 64),
            new("ReferencedEntity", Text, 64),
            new("ReferencedAttribute", Text, 64, IsNullable: true),
        ],
        ["EntityName", "AttributeName", "ReferencedEntity"],
        []);

    private static SystemTable AttributeMetadata(TableName name) => new(
        name,
        [
            new("Id", Number),
            _entityName,
            new("AttributeName", Text, 64),
            new("AttributeType", Text, 64),
            new("AttributeTypeCode", Int),
            new("Version", BigInt),
            new("Timestamp", Instant, IsNullable: true),
            new("MetadataId", Text, 64, IsNullable: true),
            new("Precision", Int, IsNullable: true),
        ],
        ["Id"],
        []);

    /*
    The delete log is part of the fence: the newest entry of a record that has no row is its tombstone.

    Demands:
    1. The newest entry of a record is found in one step, by an index that leads to it.
    2. An entry's number is never given twice, so that "newest" stays newest when old entries go.
    */
    private static SystemTable DeleteLog(TableName name) => new(
        name,
        [
            new("Id", Number),
            _entityName,
            new("RecordId", Text, 64),
            new("SinkDeleteTime", Instant),
            new("VersionNumber", BigInt),
        ],
        ["Id"],
        ["EntityName", "RecordId"]);

    /*
    Questions to the source, one a record.

    Demands:
    1. A question is found by its record: the merge asks, asks again and settles by it.
    2. The oldest questions of a table are found without reading the others.
    */
    private static SystemTable Pending(TableName name) => new(
        name,
        [
            _entityName,
            new("RecordId", Id),
            new("Reason", Int),
            new("QuestionNumber", BigInt),
            new("AskedOn", Instant),
        ],
        ["EntityName", "RecordId"],
        ["EntityName", "QuestionNumber"],
        IsKeyed: true);

    /*
    Questions to the source about sets: all rows of a table that hold an id in a column.

    Demands:
    1. A set is asked once, however many messages touched it.
    2. The oldest questions of a table are found without reading the others.
    */
    private static SystemTable PendingSets(TableName name) => new(
        name,
        [
            _entityName,
            new("ColumnName", Text, 128),
            new("Value", Id),
            new("QuestionNumber", BigInt),
            new("AskedOn", Instant),
        ],
        ["EntityName", "ColumnName", "Value"],
        ["EntityName", "QuestionNumber"],
        IsKeyed: true);

    private static SystemTable TableSync(TableName name) => new(
        name,
        [
            _entityName,
            new("Phase", Int),
            new("NextLink", LongText, IsNullable: true),
            new("DeltaLink", LongText, IsNullable: true),
            new("BeganOn", Instant, IsNullable: true),
            new("RowsDone", BigInt),
            new("RowsTotal", BigInt),
            new("IsResync", Bit),
            new("LastDeltaOn", Instant, IsNullable: true),
            new("Message", LongText, IsNullable: true),
            new("HighestVersion", BigInt, IsNullable: true),

            // Of the table's last question. Questions that are settled leave no other trace.
            new("LastQuestion", BigInt, IsNullable: true),
            new("Scope", Text, 64, IsNullable: true),
            new("RefreshedOn", Instant, IsNullable: true),
            new("NewestId", Id, IsNullable: true),
            new("NewestVersion", BigInt, IsNullable: true),
            new("DeltaHasIdsOnly", Bit, IsNullable: true),
        ],
        ["EntityName"],
        [],
        IsKeyed: true);

    /*
    What was changed in the tables, in order: the version of the schema is the number of the last entry.

    Demand: an entry is written in the transaction that makes the change, so that no change is made twice.
    */
    private static SystemTable SchemaChanges(TableName name) => new(
        name,
        [
            new("Id", Number),
            _entityName,
            new("ColumnName", Text, 128, IsNullable: true),
            new("Change", Text, 64),
            new("Detail", Text, 400, IsNullable: true),
            new("ChangedOn", Instant),
        ],
        ["Id"],
        []);
}
