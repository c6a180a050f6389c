using System.Globalization;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>Gathers the columns of one table. Shares of nulls are in percent.</summary>
internal sealed class TableBuilder(TableCatalog catalog, int seed, TableNames names)
{
    private const long LargestMoney = 922_337_203_685_477;

    private readonly List<SandboxColumn> _columns = [];

    public TableBuilder Text(string name, int maxLength, TextStyle style = TextStyle.Words, int nulls = 30) => Add(
        new() { Name = name, Type = SandboxColumnType.String, MaxLength = maxLength, Style = style }, nulls);

    public TableBuilder Memo(string name, int maxLength, int nulls = 50) => Add(
        new() { Name = name, Type = SandboxColumnType.Memo, MaxLength = maxLength, Style = TextStyle.Memo }, nulls);

    public TableBuilder Integer(string name, long min = 0, long max = int.MaxValue, int nulls = 30) => Add(
        new() { Name = name, Type = SandboxColumnType.Integer, MinValue = min, MaxValue = max }, nulls);

    /// <summary>A whole number that the environment computes.</summary>
    public TableBuilder Computed(string name, int nulls = 50) => Add(
        new()
        {
            Name = name,
            Type = SandboxColumnType.Integer,
            MinValue = int.MinValue,
            MaxValue = int.MaxValue,
            Role = ColumnRole.Computed,
        },
        nulls);

    public TableBuilder Boolean(params string[] columns)
    {
        foreach (var name in columns)
        {
            Add(new() { Name = name, Type = SandboxColumnType.Boolean, Options = [new(0, "No"), new(1, "Yes")] }, 5);
        }

        return this;
    }

    public TableBuilder Time(
        string name, SandboxDateBehavior behavior = SandboxDateBehavior.UserLocal, int nulls = 50) =>
        Add(new() { Name = name, Type = SandboxColumnType.DateTime, DateBehavior = behavior }, nulls);

    public TableBuilder Decimal(string name, int precision, long min, long max, int nulls = 30) => Add(
        new() { Name = name, Type = SandboxColumnType.Decimal, Precision = precision, MinValue = min, MaxValue = max },
        nulls);

    public TableBuilder Double(string name, int precision, long min, long max, int nulls = 50) => Add(
        new() { Name = name, Type = SandboxColumnType.Double, Precision = precision, MinValue = min, MaxValue = max },
        nulls);

    /// <summary>Money columns, each followed by its amount in the base currency.</summary>
    public TableBuilder Money(params string[] columns)
    {
        foreach (var name in columns)
        {
            Add(Amount(name, ColumnRole.Drawn, 2), 45);
            var amount = _columns[^1];
            var based = Amount(name + "_base", ColumnRole.BaseAmount, 4) with
            {
                Sources = [amount.Ordinal, Find("transactioncurrencyid")],
            };
            Add(based, 0);
            amount.Companions = [_columns[^1].Ordinal];
        }

        return this;
    }

    /// <summary>A choice whose options count from <paramref name="first"/>.</summary>
    public TableBuilder Choice(string name, string labels, int first = 1, int nulls = 25, string? global = null) => Add(
        new()
        {
            Name = name,
            Type = SandboxColumnType.Picklist,
            Options = [.. labels.Split('|').Select((label, place) => new SandboxOption(first + place, label))],
            GlobalOptionSet = global,
        },
        nulls);

    public TableBuilder Lookup(string name, string targets, int nulls = 40) =>
        Reference(name, SandboxColumnType.Lookup, targets, nulls);

    public TableBuilder Customer(string name, int nulls = 20) =>
        Reference(name, SandboxColumnType.Customer, "account|contact", nulls);

    public TableBuilder UniqueIdentifier(string name, int nulls = 60) =>
        Add(new() { Name = name, Type = SandboxColumnType.UniqueIdentifier }, nulls);

    public TableBuilder Id(string name) => Add(
        new() { Name = name, Type = SandboxColumnType.UniqueIdentifier, Role = ColumnRole.PrimaryId }, 0);

    public TableBuilder Currency()
    {
        Reference("transactioncurrencyid", SandboxColumnType.Lookup, "transactioncurrency", 0);
        _columns[^1] = _columns[^1] with { IsFixed = true };
        return Add(
            new()
            {
                Name = "exchangerate",
                Type = SandboxColumnType.Decimal,
                Precision = 10,
                MaxValue = 100_000_000_000,
                Role = ColumnRole.ExchangeRate,
                Sources = [Find("transactioncurrencyid")],
            },
            0);
    }

    /// <summary>First name, last name, and the full name that is computed from them.</summary>
    public TableBuilder Person()
    {
        Text("firstname", 50, TextStyle.FirstName, nulls: 10).Text("lastname", 50, TextStyle.LastName, nulls: 0);
        var (first, last) = (Find("firstname"), Find("lastname"));
        Add(
            new()
            {
                Name = "fullname",
                Type = SandboxColumnType.String,
                MaxLength = 160,
                Role = ColumnRole.FullName,
                Sources = [first, last],
            },
            0);
        _columns[first].Companions = _columns[last].Companions = [Find("fullname")];
        return this;
    }

    /// <summary>State and status. Reasons are listed by state: <c>state:value=label</c>.</summary>
    public TableBuilder State(string states, string reasons)
    {
        Add(
            new()
            {
                Name = "statecode",
                Type = SandboxColumnType.State,
                Options = [.. states.Split('|').Select((label, state) => new SandboxOption(state, label))],
            },
            0);
        var status = new SandboxColumn
        {
            Name = "statuscode",
            Type = SandboxColumnType.Status,
            Options = [.. reasons.Split('|').Select(Reason)],
            Role = ColumnRole.Status,
            Sources = [Find("statecode")],
        };
        Add(status, 0);
        _columns[Find("statecode")].Companions = [Find("statuscode")];
        return this;
    }

    /// <summary>Owner, and what is computed from it.</summary>
    public TableBuilder Owned()
    {
        Reference("ownerid", SandboxColumnType.Owner, "systemuser|team", 0);
        var owner = Find("ownerid");
        AddOwned("owninguser", "systemuser", ColumnRole.OwningUser);
        AddOwned("owningteam", "team", ColumnRole.OwningTeam);
        AddOwned("owningbusinessunit", "businessunit", ColumnRole.OwningBusinessUnit);
        return Accompany("ownerid", "owninguser", "owningteam");

        void AddOwned(string name, string target, ColumnRole role)
        {
            Reference(name, SandboxColumnType.Lookup, target, 0);
            _columns[^1] = _columns[^1] with { Role = role, Sources = [owner] };
        }
    }

    /// <summary>The columns that every table has.</summary>
    public TableBuilder Tracked()
    {
        System("createdon", SandboxColumnType.DateTime, ColumnRole.CreatedOn);
        Reference("createdby", SandboxColumnType.Lookup, "systemuser", 0);
        _columns[^1] = _columns[^1] with { IsFixed = true };
        Reference("createdonbehalfby", SandboxColumnType.Lookup, "systemuser", 0);
        _columns[^1] = _columns[^1] with { Role = ColumnRole.Nothing };
        System("modifiedon", SandboxColumnType.DateTime, ColumnRole.ModifiedOn);
        Reference("modifiedby", SandboxColumnType.Lookup, "systemuser", 0);
        _columns[^1] = _columns[^1] with { Role = ColumnRole.ModifiedBy };
        Reference("modifiedonbehalfby", SandboxColumnType.Lookup, "systemuser", 0);
        _columns[^1] = _columns[^1] with { Role = ColumnRole.Nothing };
        Time("overriddencreatedon", SandboxDateBehavior.UserLocal, nulls: 95);
        Integer("importsequencenumber", int.MinValue, nulls: 90).Integer("timezoneruleversionnumber", -1, nulls: 50);
        Integer("utcconversiontimezonecode", -1, nulls: 80);
        return System("versionnumber", SandboxColumnType.BigInt, ColumnRole.VersionNumber);
    }

    /// <summary>A column that messages carry and pages do not show.</summary>
    public TableBuilder Unreadable(string name)
    {
        Boolean(name);
        _columns[^1] = _columns[^1] with { IsReadable = false, Role = ColumnRole.Unreadable };
        return this;
    }

    /// <param name="relationships">Of an intersect table, whose rows it holds.</param>
    /// <param name="companions">Makes the other attributes of the columns; null: the types imply them.</param>
    public SandboxTable Build(
        IReadOnlyList<SandboxRelationship>? relationships = null,
        Func<IReadOnlyDictionary<string, SandboxColumn>, AttributeEntry[]>? companions = null) =>
        new(names, catalog.IndexOf(names.Name), [.. _columns])
        {
            Relationships = relationships ?? [],
            Companions = companions?.Invoke(_columns.ToDictionary(column => column.Name, StringComparer.Ordinal)),
        };

    /// <summary>Lets an update of one column send others along.</summary>
    public TableBuilder Accompany(string name, params string[] companions)
    {
        _columns[Find(name)].Companions = [.. companions.Select(Find)];
        return this;
    }

    public TableBuilder System(string name, SandboxColumnType type, ColumnRole role) => Add(
        new()
        {
            Name = name,
            Type = type,
            Role = role,
            DateBehavior = type is SandboxColumnType.DateTime ? SandboxDateBehavior.UserLocal : null,
        },
        0);

    private TableBuilder Reference(string name, SandboxColumnType type, string targets, int nulls) =>
        Add(new() { Name = name, Type = type, Targets = targets.Split('|') }, nulls);

    private static SandboxColumn Amount(string name, ColumnRole role, int precision) => new()
    {
        Name = name,
        Type = SandboxColumnType.Money,
        Precision = precision,
        MinValue = -LargestMoney,
        MaxValue = LargestMoney,
        Role = role,
    };

    private static SandboxOption Reason(string reason)
    {
        var colon = reason.IndexOf(':', StringComparison.Ordinal);
        var equal = reason.IndexOf('=', StringComparison.Ordinal);
        var value = int.Parse(reason[(colon + 1)..equal], CultureInfo.InvariantCulture);
        return new(value, reason[(equal + 1)..], int.Parse(reason[..colon], CultureInfo.InvariantCulture));
    }

    /// <summary>A column of any kind; its targets get their numbers here.</summary>
    public TableBuilder Add(SandboxColumn column, int nulls)
    {
        _columns.Add(column with
        {
            Ordinal = _columns.Count,
            TargetIndexes = [.. column.Targets.Select(catalog.IndexOf)],
            TargetRecords = [.. column.Targets.Select(catalog.RecordsOf)],
            NullsOf256 = nulls * 256 / 100,
            Salt = Mixer.Mix(Mixer.Mix((ulong)(uint)seed, names.Name), column.Name),
            MessageKey = Encoding.UTF8.GetBytes($"{{\"key\":\"{column.Name}\",\"value\":"),
            PageKey = Encoding.UTF8.GetBytes($",\"{column.PageName}\":"),
            AnnotationKey = Encoding.UTF8.GetBytes(
                $",\"{column.PageName}@Microsoft.Dynamics.CRM.lookuplogicalname\":\""),
        });
        return this;
    }

    /// <summary>The ordinal of a column; negative when there is none.</summary>
    public int Find(string name) => _columns.FindIndex(column => column.Name == name);
}
