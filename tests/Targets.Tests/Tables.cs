using System.Text;

namespace DataExport.Targets.Tests;

/// <summary>Tables to export, and values for them.</summary>
internal static class Tables
{
    /// <summary>A small table as most have it.</summary>
    public static TableDefinition Contact { get; } = new()
    {
        Name = "contact",
        EntitySetName = "contacts",
        PrimaryIdColumn = "contactid",
        SchemaName = "Contact",
        Columns =
        [
            new ColumnDefinition { Name = "contactid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "fullname", Type = ColumnType.Text, MaxLength = 160 },
            new ColumnDefinition { Name = "city", Type = ColumnType.Text, MaxLength = 80 },
            new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
            new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
            new ColumnDefinition { Name = "parentid", Type = ColumnType.Lookup, Targets = ["account", "contact"] },
        ],
    };

    /// <summary>Another table, to see that tables do not mix.</summary>
    public static TableDefinition Account { get; } = Contact with
    {
        Name = "account",
        EntitySetName = "accounts",
        PrimaryIdColumn = "accountid",
        SchemaName = "Account",
        Columns = [Contact.Columns[0] with { Name = "accountid" }, .. Contact.Columns.Skip(1)],
    };

    /// <summary>One column of every type.</summary>
    public static TableDefinition AllTypes { get; } = new()
    {
        Name = "sample",
        EntitySetName = "samples",
        PrimaryIdColumn = "sampleid",
        SchemaName = "Sample",
        Columns =
        [
            new ColumnDefinition { Name = "sampleid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "name", Type = ColumnType.Text, MaxLength = 100 },
            new ColumnDefinition { Name = "description", Type = ColumnType.Memo, MaxLength = 2000 },
            new ColumnDefinition { Name = "quantity", Type = ColumnType.Integer },
            new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
            new ColumnDefinition
            {
                Name = "isactive", Type = ColumnType.Boolean, Options = [new(0, "No", 1033), new(1, "Yes", 1033)],
            },
            new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
            new ColumnDefinition { Name = "birthdate", Type = ColumnType.DateOnly },
            new ColumnDefinition { Name = "rate", Type = ColumnType.Decimal, Precision = 10 },
            new ColumnDefinition { Name = "latitude", Type = ColumnType.Double, Precision = 5 },
            new ColumnDefinition { Name = "revenue", Type = ColumnType.Money, Precision = 2, AttributeType = "Money" },
            new ColumnDefinition
            {
                Name = "industry", Type = ColumnType.Choice, OptionSetName = "sample_industry",
                Options = [new(1, "Mining", 1033), new(1, "Bergbau", 1031), new(2, "Retail", 1033)],
            },
            new ColumnDefinition
            {
                Name = "region", Type = ColumnType.Choice, OptionSetName = "allregions", IsGlobalOptionSet = true,
                Options = [new(7, "North", 1033)],
            },
            new ColumnDefinition
            {
                Name = "statuscode", Type = ColumnType.Status,
                Options = [new(1, "Open", 1033, 0), new(2, "Won", 1033, 1)],
            },
            new ColumnDefinition
            {
                Name = "statecode", Type = ColumnType.State,
                Options = [new(0, "Active", 1033), new(1, "Inactive", 1033)],
            },
            new ColumnDefinition
            {
                Name = "ownerid", Type = ColumnType.Lookup, Targets = ["systemuser", "team"], AttributeType = "Owner",
            },
            new ColumnDefinition { Name = "parentid", Type = ColumnType.Lookup, Targets = ["sample"] },
            new ColumnDefinition { Name = "stageid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "owneridtype", Type = ColumnType.EntityName },
            new ColumnDefinition { Name = "colours", Type = ColumnType.MultiSelect },
            new ColumnDefinition { Name = "to", Type = ColumnType.PartyList },
        ],
    };

    /// <summary>An intersect table.</summary>
    public static TableDefinition Membership { get; } = new()
    {
        Name = "membership",
        EntitySetName = "memberships",
        PrimaryIdColumn = "membershipid",
        Relationships = [new RelationshipDefinition("team_user", "team", "teamid", "user", "userid")],
        Columns =
        [
            new ColumnDefinition { Name = "membershipid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "teamid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "userid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
        ],
    };

    /// <summary>Values of <see cref="Contact"/> or <see cref="Account"/>.</summary>
    public static ColumnValues Values(string? fullName = null, string? city = null, DateTime? modifiedOn = null)
    {
        var builder = new ColumnValuesBuilder();
        if (fullName is not null)
        {
            builder.AddText(1, Encoding.UTF8.GetBytes(fullName));
        }

        if (city is not null)
        {
            builder.AddText(2, Encoding.UTF8.GetBytes(city));
        }

        if (modifiedOn is { } instant)
        {
            builder.Add(3, instant);
        }

        return builder.Build(Contact.Layout);
    }

    /// <summary>Values of any table, by the names of its columns.</summary>
    public static ColumnValues ValuesOf(
        TableDefinition table, params ReadOnlySpan<(string Column, object? Value)> values)
    {
        var builder = new ColumnValuesBuilder();
        foreach (var (column, value) in values)
        {
            Add(builder, table.OrdinalOf(column), value);
        }

        return builder.Build(table.Layout);
    }

    /// <summary>This table with other columns behind its own.</summary>
    public static TableDefinition And(this TableDefinition table, params ReadOnlySpan<ColumnDefinition> columns) =>
        table with { Columns = [.. table.Columns, .. columns] };

    /// <summary>This table with one column changed.</summary>
    public static TableDefinition Change(
        this TableDefinition table, string column, Func<ColumnDefinition, ColumnDefinition> change) => table with
        {
            Columns = [.. table.Columns.Select(each => each.Name == column ? change(each) : each)],
        };

    /// <summary>This table without a column.</summary>
    public static TableDefinition Without(this TableDefinition table, params string[] columns) => table with
    {
        Columns = [.. table.Columns.Where(each => !columns.Contains(each.Name))],
    };

    private static void Add(ColumnValuesBuilder builder, int ordinal, object? value)
    {
        switch (value)
        {
            case null: builder.AddNull(ordinal); break;
            case string text: builder.AddText(ordinal, Encoding.UTF8.GetBytes(text)); break;
            case byte[] utf8: builder.AddText(ordinal, utf8); break;
            case int number: builder.Add(ordinal, (long)number); break;
            case long number: builder.Add(ordinal, number); break;
            case decimal number: builder.Add(ordinal, number); break;
            case double number: builder.Add(ordinal, number); break;
            case bool yes: builder.Add(ordinal, yes); break;
            case DateTime instant: builder.Add(ordinal, instant); break;
            case Guid id: builder.Add(ordinal, id); break;
            case (Guid id, string table): builder.AddLookup(ordinal, id, Encoding.UTF8.GetBytes(table)); break;
            default: throw new ArgumentException($"A {value.GetType()} has no form.", nameof(value));
        }
    }
}
