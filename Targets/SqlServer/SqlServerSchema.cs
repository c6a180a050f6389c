using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>Reads what is there of a profile's tables and types, and creates the types that are missing.</summary>
internal sealed class SqlServerSchema(SqlServerSession session, TargetNames names)
{
    /// <summary>Types of one name and other columns that are looked at before giving up.</summary>
    private const int TypesOfNameMax = 1_000;

    /// <summary>The columns of those of some tables that are there, by the tables' names.</summary>
    /// <exception cref="TargetRefusedException">Something that is no table has the name of one.</exception>
    public async Task<Dictionary<string, List<ActualColumn>>> ReadColumnsAsync(IReadOnlyList<TableName> tables)
    {
        var columns = new Dictionary<string, List<ActualColumn>>(StringComparer.OrdinalIgnoreCase);
        if (tables.Count == 0)
        {
            return columns;
        }

        await using var batch = session.CreateBatch();
        foreach (var table in tables)
        {
            _ = batch.Add(
                SchemaStatements.Columns,
                Name("@Schema", names.Schema), Name("@Table", table.Name), Text("@Object", table.ToString()));
        }

        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        foreach (var table in tables)
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                Take(reader, table, columns);
            }

            _ = await reader.NextResultAsync().ConfigureAwait(false);
        }

        return columns;
    }

    /// <summary>
    /// The types that are there or are created: of each the first of its name, and of its name with a number, that has
    /// just the columns that are needed.
    /// </summary>
    public async Task<TargetTypes> EnsureTypesAsync(IReadOnlyList<TargetTable> tables)
    {
        var taken = await ReadTypesAsync().ConfigureAwait(false);
        var wanted = new List<RowType>();
        _ = new TargetTypes(tables, names, type => Kept(wanted, type));
        var columns = await ReadTypeColumnsAsync(
            wanted.SelectMany(type => NamesOf(type).TakeWhile(taken.Contains)).Select(taken.GetActual))
            .ConfigureAwait(false);
        var missing = new List<RowType>();
        var types = new TargetTypes(tables, names, type => Resolve(type, taken, columns, missing));
        foreach (var type in missing)
        {
            await session.ExecuteAsync(SchemaStatements.CreateType(type)).ConfigureAwait(false);
        }

        return types;
    }

    private static RowType Kept(List<RowType> wanted, RowType type)
    {
        wanted.Add(type);
        return type;
    }

    private static RowType Resolve(
        RowType type, TakenNames taken, Dictionary<string, List<string>> columns, List<RowType> missing)
    {
        var needed = type.Columns.Select(static column => Shown(column.Name.Name, column.DeclaredType)).ToList();
        foreach (var name in NamesOf(type))
        {
            if (!taken.Contains(name))
            {
                var created = type with { Name = type.Name with { Table = SqlIdentifier.Of(name) } };
                missing.Add(created);
                return created;
            }

            var actual = taken.GetActual(name);
            if (columns.GetValueOrDefault(actual)?.SequenceEqual(needed, StringComparer.OrdinalIgnoreCase) == true)
            {
                return type with { Name = type.Name with { Table = SqlIdentifier.Of(actual) } };
            }
        }

        throw new TargetRefusedException($"There are {TypesOfNameMax} types named {type.Name}. Drop those of no use.");
    }

    private static IEnumerable<string> NamesOf(RowType type) => Enumerable.Range(1, TypesOfNameMax).Select(number =>
        number == 1 ? type.Name.Name : FormattableString.Invariant($"{type.Name.Name}{number}"));

    private async Task<TakenNames> ReadTypesAsync()
    {
        await using var command = session.CreateCommand(SchemaStatements.Types);
        _ = command.Parameters.Add(Name("@Schema", names.Schema));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var taken = new TakenNames();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            taken.Add(reader.GetString(0));
        }

        return taken;
    }

    /// <summary>The columns of some types in order, each with its type.</summary>
    private async Task<Dictionary<string, List<string>>> ReadTypeColumnsAsync(IEnumerable<string> types)
    {
        var columns = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        await using var batch = session.CreateBatch();
        var read = types.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var type in read)
        {
            _ = batch.Add(SchemaStatements.TypeColumns, Name("@Schema", names.Schema), Name("@Type", type));
        }

        if (read.Count == 0)
        {
            return columns;
        }

        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        foreach (var type in read)
        {
            var ofType = new List<string>();
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                ofType.Add(Shown(reader.GetString(0), DeclaredOf(reader)));
            }

            columns.Add(type, ofType);
            _ = await reader.NextResultAsync().ConfigureAwait(false);
        }

        return columns;
    }

    private static string Shown(string name, string declared) => $"{name} {declared}";

    private static string DeclaredOf(SqlDataReader reader) => reader.GetString(1) switch
    {
        "nvarchar" when reader.GetInt16(2) < 0 => "nvarchar(max)",
        "nvarchar" => FormattableString.Invariant($"nvarchar({reader.GetInt16(2) / sizeof(char)})"),
        "decimal" or "numeric" => FormattableString.Invariant($"decimal({reader.GetByte(3)},{reader.GetByte(4)})"),
        var type => type,
    };

    private static void Take(SqlDataReader reader, TableName table, Dictionary<string, List<ActualColumn>> columns)
    {
        if (reader.GetString(0).Trim() is not "BASE TABLE")
        {
            throw new TargetRefusedException(
                $"There is already an object named {table}, and it is no table. Rename or drop it.");
        }

        if (!columns.TryGetValue(table.Name, out var ofTable))
        {
            columns.Add(table.Name, ofTable = []);
        }

        if (!reader.IsDBNull(1))
        {
            ofTable.Add(ColumnOf(reader));
        }
    }

    private static ActualColumn ColumnOf(SqlDataReader reader)
    {
        CellType? cell = reader.GetString(2) switch
        {
            "uniqueidentifier" => CellType.Id,
            "nvarchar" => CellType.Text,
            "int" => CellType.Int,
            "bigint" => CellType.BigInt,
            "bit" => CellType.Bit,
            "datetime" => CellType.Instant,
            "decimal" or "numeric" => CellType.Decimal,
            _ => null,
        };
        var isUnique = reader.GetInt32(6) == 1;
        return new ActualColumn(
            reader.GetString(1),
            cell,
            cell is CellType.Text ? Math.Max(0, reader.GetInt32(3)) : 0,
            cell is CellType.Decimal ? reader.GetInt32(4) : 0,
            reader.GetInt32(5) == 1 && !isUnique)
        {
            IsUnique = isUnique,
            IsIndexed = reader.GetInt32(7) == 1,
        };
    }

    /// <summary>Names that are taken, in whatever case.</summary>
    private sealed class TakenNames
    {
        private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string name) => _names.Add(name);

        public bool Contains(string name) => _names.Contains(name);

        /// <summary>The name as the database has it.</summary>
        public string GetActual(string name) => _names.TryGetValue(name, out var actual) ? actual : name;
    }
}
