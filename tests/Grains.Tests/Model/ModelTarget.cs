using System.Data.Common;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Model;

/// <summary>A row as a reader of the target sees it.</summary>
internal sealed record ShownRow(long[] Columns, long? Version);

/// <summary>A real target with one table of three columns, and a reader of its own beside it.</summary>
internal abstract class ModelTarget : IAsyncDisposable
{
    public const string Table = "thing";

    private DbConnection? _reader;

    public static TableDefinition Definition { get; } = new()
    {
        Name = Table,
        EntitySetName = "things",
        PrimaryIdColumn = "thingid",
        Columns =
        [
            new ColumnDefinition { Name = "a", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "b", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "c", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
            new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "thingid", Type = ColumnType.UniqueIdentifier },
        ],
    };

    public static long Layout { get; } = Definition.Layout;

    public abstract ITarget Target { get; }

    /// <summary>
    /// Whether the table has a filter. Which records it leaves out the source decides: how a filter is evaluated other
    /// tests prove, here the target must only know that there is one.
    /// </summary>
    public bool IsFiltered { get; init; }

    /// <summary>What stands before the names of tables.</summary>
    protected virtual string Schema => "";

    public async Task OpenAsync()
    {
        var definition = Definition with { Filter = IsFiltered ? "a ne 0" : null };
        _ = await Target.ProvisionAsync([definition], CancellationToken.None);
        _reader = Connect();
        await _reader.OpenAsync();
    }

    /// <summary>The row of a record, or null.</summary>
    public ShownRow? Read(Guid id)
    {
        using var command = Command($"SELECT a, b, c, versionnumber FROM {Schema}thing WHERE Id = @id", Parameter(id));
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new ShownRow(
                [reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)],
                reader.IsDBNull(3) ? null : reader.GetInt64(3))
            : null;
    }

    public bool IsPending(Guid id)
    {
        using var command = Command($"SELECT COUNT(*) FROM {Schema}Pending WHERE RecordId = @id", Parameter(id));
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) > 0;
    }

    /// <summary>Whether the delete log knows the record.</summary>
    public bool IsLogged(Guid id)
    {
        // The log names records in letters, as Microsoft's did, on every engine.
        var letters = id.ToString("D");
        using var command = Command($"SELECT COUNT(*) FROM {Schema}DeleteLog WHERE RecordId = @id", letters);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) > 0;
    }

    /// <summary>Forgets every record, so that the next schedule finds an empty table.</summary>
    public void Empty()
    {
        using var command = _reader!.CreateCommand();
        command.CommandText =
            $"{Begin}; DELETE FROM {Schema}thing; DELETE FROM {Schema}DeleteLog; DELETE FROM {Schema}Pending; COMMIT";
        _ = command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_reader is not null)
            {
                await _reader.DisposeAsync();
            }

            await Target.DisposeAsync();
        }
        finally
        {
            Drop();
        }
    }

    /// <summary>How a transaction begins that writes.</summary>
    protected virtual string Begin => "BEGIN";

    protected abstract DbConnection Connect();

    protected abstract void Drop();

    /// <summary>A record id as a parameter of the engine.</summary>
    protected virtual object Parameter(Guid id) => id;

    private DbCommand Command(string sql, object id)
    {
        var command = _reader!.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@id", id);
        _ = command.Parameters.Add(parameter);
        return command;
    }
}
