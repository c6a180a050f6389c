namespace DataExport.Targets.Sqlite;

/// <summary>Fills DES's metadata tables from table definitions. Runs inside the caller's transaction.</summary>
internal sealed class MetadataTables(SqliteDatabase database, TargetNames names)
{
    private const string Subject = "Metadata";

    /// <summary>Replaces what the metadata tables say of a table.</summary>
    public void Replace(TableDefinition table, DateTime now)
    {
        foreach (var name in new[]
        {
            names.OptionsetMetadata, names.StateMetadata, names.StatusMetadata, names.TargetMetadata,
            names.AttributeMetadata,
        })
        {
            Run($"""DELETE FROM {name} WHERE "EntityName" = ?1""", statement => statement.Bind(1, table.Name));
        }

        foreach (var column in table.Columns)
        {
            WriteAttribute(table.Name, column, now);
            WriteTargets(table.Name, column);
            WriteOptions(table.Name, column);
        }
    }

    private void WriteAttribute(string table, ColumnDefinition column, DateTime now) => Run(
        $"""
        INSERT INTO {names.AttributeMetadata} ("EntityName", "AttributeName", "AttributeType", "AttributeTypeCode",
            "Version", "Timestamp", "MetadataId", "Precision")
        VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7)
        """,
        statement =>
        {
            statement.Bind(1, table);
            statement.Bind(2, column.Name);
            statement.Bind(3, AttributeTypes.NameOf(column));
            statement.Bind(4, AttributeTypes.CodeOf(column));
            statement.Bind(5, now);
            statement.Bind(6, column.MetadataId);
            statement.Bind(7, column.Precision);
        });

    private void WriteTargets(string table, ColumnDefinition column)
    {
        foreach (var target in column.Targets)
        {
            Run(
                $"""
                INSERT OR REPLACE INTO {names.TargetMetadata}
                    ("EntityName", "AttributeName", "ReferencedEntity", "ReferencedAttribute")
                VALUES (?1, ?2, ?3, NULL)
                """,
                statement =>
                {
                    statement.Bind(1, table);
                    statement.Bind(2, column.Name);
                    statement.Bind(3, target);
                });
        }
    }

    private void WriteOptions(string table, ColumnDefinition column)
    {
        if (column.IsGlobalOptionSet && column.OptionSetName is { } set)
        {
            Run($"""DELETE FROM {names.GlobalOptionsetMetadata} WHERE "OptionSetName" = ?1""", s => s.Bind(1, set));
        }

        // The source gives the label in the caller's language first: that is the one reports ask for.
        var labelled = new HashSet<int>();
        foreach (var option in column.Options)
        {
            WriteOption(table, column, option, isUserLabel: labelled.Add(option.Value));
        }
    }

    private void WriteOption(string table, ColumnDefinition column, OptionDefinition option, bool isUserLabel)
    {
        var sql = column.Type switch
        {
            ColumnType.State => OptionInsert(names.StateMetadata, "\"EntityName\", \"State\"", "?1, ?3"),
            ColumnType.Status =>
                OptionInsert(names.StatusMetadata, "\"EntityName\", \"Status\", \"State\"", "?1, ?3, ?7"),
            _ when column.IsGlobalOptionSet && column.OptionSetName is not null =>
                OptionInsert(names.GlobalOptionsetMetadata, "\"OptionSetName\", \"Option\"", "?2, ?3"),
            _ => OptionInsert(names.OptionsetMetadata, "\"EntityName\", \"OptionSetName\", \"Option\"", "?1, ?2, ?3"),
        };
        Run(sql, statement =>
        {
            // A set of one column goes by the column's name, as reports join it; a shared one by its own.
            statement.Bind(1, table);
            statement.Bind(2, column.IsGlobalOptionSet ? column.OptionSetName ?? column.Name : column.Name);
            statement.Bind(3, option.Value);
            statement.Bind(4, isUserLabel ? 1 : 0);
            statement.Bind(5, option.LanguageCode);
            statement.Bind(6, option.Label);
            statement.Bind(7, option.State ?? 0);
        });
    }

    /// <summary>
    /// One statement for four tables that differ in their key. All seven parameters are named in it, so that all bind.
    /// </summary>
    private static string OptionInsert(SqlIdentifier table, string keyColumns, string keyParameters) =>
        $"""
        INSERT OR REPLACE INTO {table} ({keyColumns},
            "IsUserLocalizedLabel", "LocalizedLabelLanguageCode", "LocalizedLabel")
        SELECT {keyParameters}, ?4, ?5, ?6 WHERE ?1 IS NOT NULL AND ?2 IS NOT NULL AND ?7 IS NOT NULL
        """;

    private void Run(string sql, Action<SqliteStatement> bind)
    {
        var statement = database.Prepare(sql, Subject);
        try
        {
            bind(statement);
            statement.Run();
        }
        finally
        {
            database.Forget(statement);
        }
    }
}
