using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>
/// The table types that a target needs, with the names that DES gave them. A name may be taken already by a type of
/// other columns: then a number is put behind it, so that whoever uses that type can go on.
/// </summary>
internal sealed class TargetTypes
{
    private const int PlainLettersMax = 100;

    private readonly Dictionary<TargetTable, RowType> _rows = [];
    private readonly Dictionary<TargetTable, RowType> _ids = [];

    public TargetTypes(IEnumerable<TargetTable> tables, TargetNames names, Func<RowType, RowType> resolve)
    {
        foreach (var table in tables)
        {
            _rows.Add(table, resolve(RowsOf(table, names)));
            _ids.Add(table, resolve(IdsOf(table, names)));
        }

        Log = resolve(LogOf(names));
        Questions = resolve(QuestionsOf(names));
        SetQuestions = resolve(SetQuestionsOf(names));
    }

    /// <summary>Entries of the delete log.</summary>
    public RowType Log { get; }

    /// <summary>Questions about records.</summary>
    public RowType Questions { get; }

    /// <summary>Questions about sets.</summary>
    public RowType SetQuestions { get; }

    /// <summary>Rows of a table, each with its masks.</summary>
    public RowType RowsOf(TargetTable table) => _rows[table];

    /// <summary>Ids of records of a table.</summary>
    public RowType IdsOf(TargetTable table) => _ids[table];

    internal static RowType RowsOf(TargetTable table, TargetNames names) => new(
        names.TableOf($"{PlainName(table)}Type"),
        [
            .. table.Columns.Select(TypeColumn.Of),
            .. RowColumns.MaskNames(table).Select(static mask => new TypeColumn(mask, CellType.BigInt)),
        ]);

    internal static RowType IdsOf(TargetTable table, TargetNames names) => new(
        names.TableOf($"{PlainName(table)}IdType"), [TypeColumn.Of(TargetTable.Id, CellType.Id)]);

    /// <summary>
    /// The table's name, unless it holds what no name at the source does: the driver sends a type's name in parts of
    /// its own, and not every server takes them as they are.
    /// </summary>
    internal static string PlainName(TargetTable table)
    {
        var name = table.Definition.Name;
        return name.Length <= PlainLettersMax
            && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? name
            : FormattableString.Invariant($"t{NameHash.Of(name):x16}");
    }

    internal static RowType LogOf(TargetNames names) => new(
        names.TableOf("DeleteLogType"),
        [
            TypeColumn.Of("EntryId", CellType.BigInt),
            TypeColumn.Of("RecordId", CellType.Id),
            TypeColumn.Of("SinkDeleteTime", CellType.Instant),
            TypeColumn.Of("VersionNumber", CellType.BigInt),
        ]);

    internal static RowType QuestionsOf(TargetNames names) => new(
        names.TableOf("PendingType"),
        [
            TypeColumn.Of("RecordId", CellType.Id),
            TypeColumn.Of("Reason", CellType.Int),
            TypeColumn.Of("QuestionNumber", CellType.BigInt),
            TypeColumn.Of("AskedOn", CellType.Instant),
        ]);

    internal static RowType SetQuestionsOf(TargetNames names) => new(
        names.TableOf("PendingSetsType"),
        [
            TypeColumn.Of("ColumnName", CellType.Text, 128),
            TypeColumn.Of("Value", CellType.Id),
            TypeColumn.Of("QuestionNumber", CellType.BigInt),
        ]);
}
