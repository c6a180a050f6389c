using System.Globalization;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>
/// The table beside a table into which its pages are copied before they are written over it. Used, made and dropped
/// under the lock of the table alone, and empty at every commit.
/// </summary>
internal sealed class SqlServerStage(SqlServerSession session, TargetNames names)
{
    /// <summary>No table at the source has such a letter in its name.</summary>
    internal const string Suffix = "$stage";

    /// <summary>
    /// The stages of a table. By their beginning and not by LIKE, to which an underscore is any letter.
    /// </summary>
    internal const string Older =
        """
        SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
        WHERE TABLE_SCHEMA = @Schema AND LEFT(TABLE_NAME, @Letters) = @Stem;
        """;

    /// <summary>
    /// Its name. With a number that tells its columns: after a change of the table a silo that has not heard of it yet
    /// goes on with the stage that fits.
    /// </summary>
    internal static TableName NameOf(TargetTable table, TargetNames names)
    {
        var columns = string.Join(", ", ColumnsOf(table));
        return names.TableOf(string.Create(
            CultureInfo.InvariantCulture, $"{TargetTypes.PlainName(table)}{Suffix}{NameHash.Of(columns):x16}"));
    }

    /// <summary>The name of the stage of a table as it is now.</summary>
    public TableName NameOf(TargetTable table) => NameOf(table, names);

    /// <summary>Makes it, and drops what was made for other columns.</summary>
    public async Task CreateAsync(TargetTable table)
    {
        foreach (var older in await ReadOlderAsync(table).ConfigureAwait(false))
        {
            await session.ExecuteAsync($"DROP TABLE {older};").ConfigureAwait(false);
        }

        await session.ExecuteAsync(Create(table, NameOf(table))).ConfigureAwait(false);
    }

    /// <summary>No key and no other constraint: whatever a page holds has a place in it.</summary>
    internal static string Create(TargetTable table, TableName stage) =>
        $"CREATE TABLE {stage} ({string.Join(", ", ColumnsOf(table).Select(static column => $"{column} NULL"))});";

    private static IEnumerable<string> ColumnsOf(TargetTable table) =>
        table.Columns.Select(TypeColumn.Of).Select(static column => $"{column.Name} {column.DeclaredType}");

    private async Task<List<TableName>> ReadOlderAsync(TargetTable table)
    {
        var stem = names.TableOf(TargetTypes.PlainName(table) + Suffix).Name;
        await using var command = session.CreateCommand(Older);
        command.Parameters.AddRange(
            [Name("@Schema", names.Schema), Int("@Letters", stem.Length), Name("@Stem", stem)]);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var older = new List<TableName>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            older.Add(names.TableOf("") with { Table = SqlIdentifier.Of(reader.GetString(0)) });
        }

        return older;
    }
}
