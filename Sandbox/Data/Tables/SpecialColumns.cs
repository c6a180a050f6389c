namespace DataExport.Sandbox;

/// <summary>Columns that mean more than their value.</summary>
internal static class SpecialColumns
{
    /// <summary>Several options of a set that counts from 1.</summary>
    public static TableBuilder MultiSelect(this TableBuilder table, string name, string labels, int nulls = 50) =>
        table.Add(
            new()
            {
                Name = name,
                Type = SandboxColumnType.MultiSelect,
                Options = [.. labels.Split('|').Select((label, place) => new SandboxOption(place + 1, label))],
            },
            nulls);

    /// <summary>The name of the record's own table.</summary>
    public static TableBuilder TableName(this TableBuilder table, string name) => table.Add(
        new()
        {
            Name = name,
            Type = SandboxColumnType.EntityName,
            MaxLength = 64,
            Role = ColumnRole.TableName,
        },
        0);

    /// <summary>A picture: itself never shown, its id, time and address change together.</summary>
    public static TableBuilder Image(this TableBuilder table, string name, int nulls = 90)
    {
        var id = name + "id";
        if (table.Find(id) < 0)
        {
            table.UniqueIdentifier(id, nulls);
        }

        int[] sources = [table.Find(id)];
        return table
            .Add(
                new()
                {
                    Name = name,
                    Type = SandboxColumnType.Image,
                    Role = ColumnRole.Nothing,
                    AttributeOf = id,
                },
                0)
            .Add(
                new()
                {
                    Name = name + "_timestamp",
                    Type = SandboxColumnType.BigInt,
                    MinValue = long.MinValue,
                    MaxValue = long.MaxValue,
                    Role = ColumnRole.ImageTime,
                    Sources = sources,
                    AttributeOf = id,
                },
                0)
            .Add(
                new()
                {
                    Name = name + "_url",
                    Type = SandboxColumnType.String,
                    MaxLength = 200,
                    Role = ColumnRole.ImageAddress,
                    Sources = sources,
                    AttributeOf = id,
                },
                0)
            .Accompany(id, name + "_timestamp", name + "_url");
    }

    /// <summary>Lists of parties, by their columns' names.</summary>
    public static TableBuilder Parties(this TableBuilder table, params string[] names)
    {
        foreach (var name in names)
        {
            table.Add(
                new()
                {
                    Name = name,
                    Type = SandboxColumnType.PartyList,
                    Role = ColumnRole.Parties,
                    Targets = ActivityPartyTable.Targets,
                },
                0);
        }

        return table;
    }
}
