namespace DataExport.Sandbox.Tests;

public sealed class DataverseSandboxTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Tables_Main_HaveManyColumnsOfEveryType()
    {
        var sandbox = Create(1, 0);

        foreach (var name in (string[])["account", "contact", "opportunity"])
        {
            sandbox.Table(name).Columns.Count.ShouldBeGreaterThan(60, name);
        }

        sandbox.Tables.SelectMany(table => table.Columns).Select(column => column.Type).Distinct().Order()
            .ShouldBe(Enum.GetValues<SandboxColumnType>());
        sandbox.Tables.SelectMany(table => table.Columns).Select(column => column.DateBehavior).Distinct().Count()
            .ShouldBe(4);
    }

    [Fact]
    public void Values_SameSeed_AreTheSame()
    {
        Dump(Create(5, 300)).ShouldBe(Dump(Create(5, 300)));
        Dump(Create(5, 300)).ShouldNotBe(Dump(Create(6, 300)));
    }

    [Fact]
    public void Values_OfManyRecords_StayWithinTheColumnsLimits()
    {
        var sandbox = Create(3, 6_000);
        foreach (var table in sandbox.Tables)
        {
            foreach (var record in sandbox.Records(table))
            {
                foreach (var column in table.Columns)
                {
                    RequireWithinLimits(column, sandbox.Value(table, record, column));
                }
            }
        }
    }

    [Fact]
    public void Values_OfManyRecords_HoldTheHardCases()
    {
        var sandbox = Create(3, 20_000);
        var table = sandbox.Table("account");
        var names = sandbox.Records(table)
            .Select(record => sandbox.Value(table, record, table.Column("telephone1")!))
            .Where(value => !value.IsNull).Select(value => value.Text).ToList();

        names.ShouldContain("");
        names.ShouldContain(text => text.Length == 50);
        names.ShouldContain(text => text.Contains('"'));
        names.ShouldContain(text => text.Contains('\\'));
        names.ShouldContain(text => text.Any(letter => letter > 0x2000));
        names.ShouldContain(text => text.Any(char.IsSurrogate));
        Column("marketcap").ShouldContain(value => value.IsNull);
        Column("marketcap").ShouldContain(value => value.Decimal == 922_337_203_685_477m);
        Column("numberofemployees").ShouldContain(value => value.Integer == 1_000_000_000);
        Column("lastusedincampaign").ShouldContain(value => value.DateTime.Year == 1753);

        List<SandboxValue> Column(string name) =>
            [.. sandbox.Records(table).Select(record => sandbox.Value(table, record, table.Column(name)!))];
    }

    [Fact]
    public void Records_Found_HaveTheIdTheyWereFoundBy()
    {
        var sandbox = Create(3, 10_000);
        foreach (var table in sandbox.Tables)
        {
            var ids = sandbox.Records(table).Select(record => record.Id).ToList();
            ids.Distinct().Count().ShouldBe(ids.Count);
            ids.TrueForAll(id => sandbox.TryFind(table, id, out _)).ShouldBeTrue();
            sandbox.TryFind(table, Guid.NewGuid(), out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void Update_OfOneColumn_ChangesItAndTheStampsAlone()
    {
        var sandbox = Create(3, 1000);
        var table = sandbox.Table("account");
        var column = table.Column("accountnumber")!;
        var before = sandbox.Records(table).First();
        var old = table.Columns.Select(other => sandbox.Value(table, before, other)).ToList();
        _clock.Advance(TimeSpan.FromMinutes(1.5));

        for (var save = 0; save < 3; save++)
        {
            sandbox.Update(table, before.Id, [column.Ordinal]).ShouldBeTrue();
        }

        sandbox.TryFind(table, before.Id, out var after).ShouldBeTrue();
        table.Columns.Where(other => sandbox.Value(table, after, other) != old[other.Ordinal])
            .Select(other => other.Name)
            .ShouldBeSubsetOf(["accountnumber", "modifiedon", "modifiedby", "versionnumber"]);
        after.Version.ShouldBe(sandbox.Version);
        after.ModifiedOn.ShouldBe(_clock.GetUtcNow().UtcDateTime);
        sandbox.Value(table, before, column).ShouldBe(old[column.Ordinal]);
    }

    [Fact]
    public void UpdateSilently_OfOneColumn_RaisesTheVersionAndKeepsTheStamps()
    {
        var sandbox = Create(3, 1000);
        var table = sandbox.Table("contact");
        var before = sandbox.Records(table).First();
        _clock.Advance(TimeSpan.FromMinutes(1));

        sandbox.UpdateSilently(table, before.Id, [table.Column("jobtitle")!.Ordinal]).ShouldBeTrue();

        sandbox.TryFind(table, before.Id, out var after).ShouldBeTrue();
        after.ModifiedOn.ShouldBe(before.ModifiedOn);
        after.Version.ShouldBeGreaterThan(before.Version);
    }

    [Fact]
    public void Update_OfAComputedColumn_IsRefused()
    {
        var sandbox = Create(3, 100);
        var table = sandbox.Table("contact");
        var id = sandbox.Records(table).First().Id;

        Should.Throw<ArgumentException>(() => sandbox.Update(table, id, [table.Column("fullname")!.Ordinal]));
    }

    [Fact]
    public void Restore_AfterDelete_BringsTheRecordBackWithItsValues()
    {
        var sandbox = Create(3, 1000);
        var table = sandbox.Table("task");
        var before = sandbox.Records(table).First();
        var count = sandbox.Count(table);

        sandbox.Restore(table, before.Id).ShouldBeFalse();
        sandbox.Delete(table, before.Id).ShouldBeTrue();
        sandbox.Delete(table, before.Id).ShouldBeFalse();
        sandbox.Update(table, before.Id, 1).ShouldBeFalse();
        sandbox.Count(table).ShouldBe(count - 1);
        sandbox.Restore(table, before.Id).ShouldBeTrue();

        sandbox.Count(table).ShouldBe(count);
        sandbox.TryFind(table, before.Id, out var after).ShouldBeTrue();
        after.IsAlive.ShouldBeTrue();
        after.Version.ShouldBeGreaterThan(before.Version + 1);
        sandbox.Value(table, after, table.PrimaryName).ShouldBe(sandbox.Value(table, before, table.PrimaryName));
    }

    [Fact]
    public void Generator_SameSeed_MakesTheSameChanges()
    {
        Changes(1).ShouldBe(Changes(1));
        Changes(1).ShouldNotBe(Changes(2));

        List<(GeneratedChangeKind, string, Guid, int)> Changes(int seed)
        {
            var generator = new ChangeGenerator(Create(3, 1000), seed);
            return [.. Enumerable.Range(0, 2000).Select(_ => generator.Next())
                .Select(change => (change.Kind, change.Table.Name, change.Id, change.Columns))];
        }
    }

    [Fact]
    public void Generator_ManyChanges_KeepTheMix()
    {
        var generator = new ChangeGenerator(Create(3, 5000), 1);

        var kinds = Enumerable.Range(0, 20_000).Select(_ => generator.Next().Kind).CountBy(kind => kind)
            .ToDictionary(pair => pair.Key, pair => pair.Value / 200.0);

        kinds[GeneratedChangeKind.Create].ShouldBe(20, 3);
        kinds[GeneratedChangeKind.Update].ShouldBe(70, 4);
        kinds[GeneratedChangeKind.Delete].ShouldBe(8, 2);
        kinds[GeneratedChangeKind.Restore].ShouldBe(2, 1);
    }

    [Fact]
    public void Generators_OnManyThreads_LeaveCountsAndVersionsRight()
    {
        var sandbox = Create(3, 2000);
        var versionBefore = sandbox.Version;
        var before = sandbox.Tables.Where(table => !table.HasSets).Sum(sandbox.Count);
        var counts = new int[Enum.GetValues<GeneratedChangeKind>().Length];

        Parallel.For(0, 4, seed =>
        {
            var generator = new ChangeGenerator(sandbox, seed);
            for (var change = 0; change < 5000; change++)
            {
                Interlocked.Increment(ref counts[(int)generator.Next().Kind]);
            }
        });

        sandbox.Version.ShouldBeGreaterThan(versionBefore + 20_000);
        var ordinary = sandbox.Tables.Where(table => !table.HasSets).ToList();
        var expected = before + counts[(int)GeneratedChangeKind.Create] + counts[(int)GeneratedChangeKind.Restore]
            - counts[(int)GeneratedChangeKind.Delete];
        ordinary.Sum(sandbox.Count).ShouldBe(expected);
        ordinary.Sum(table => sandbox.Records(table).LongCount()).ShouldBe(expected);
        sandbox.Tables.SelectMany(sandbox.Records).GroupBy(record => record.Version)
            .ShouldAllBe(same => same.Count() == 1);
        sandbox.Tables.ShouldAllBe(table => sandbox.Records(table).Count() == sandbox.Count(table));
    }

    private DataverseSandbox Create(int seed, long rows)
    {
        var sandbox = new DataverseSandbox(new DataverseSandboxOptions { Seed = seed }, _clock);
        sandbox.Seed(rows);
        sandbox.Tables.Sum(sandbox.Count).ShouldBe(rows);
        return sandbox;
    }

    private static List<string> Dump(DataverseSandbox sandbox) =>
    [
        .. from table in sandbox.Tables
           from record in sandbox.Records(table)
           from column in table.Columns
           select $"{record.Id} {column.Name} {sandbox.Value(table, record, column)}",
    ];

    private static void RequireWithinLimits(SandboxColumn column, SandboxValue value)
    {
        switch (value.Kind)
        {
            case SandboxValueKind.Text:
                value.Text.Length.ShouldBeLessThanOrEqualTo(column.MaxLength, column.Name);
                break;
            case SandboxValueKind.Decimal:
                value.Decimal.Scale.ShouldBe(column.Type is SandboxColumnType.Money ? (byte)4 : (byte)column.Precision);
                value.Decimal.ShouldBeInRange(column.MinValue, column.MaxValue, column.Name);
                break;
            case SandboxValueKind.Double:
                value.Double.ShouldBeInRange(column.MinValue, column.MaxValue, column.Name);
                break;
            case SandboxValueKind.Integer when column.Options.Count > 0:
                column.Options.Select(option => (long)option.Value).ShouldContain(value.Integer, column.Name);
                break;
            case SandboxValueKind.Integer when column.Type is SandboxColumnType.Integer:
                value.Integer.ShouldBeInRange(column.MinValue, column.MaxValue, column.Name);
                break;
            case SandboxValueKind.Lookup:
                column.Targets.ShouldContain(value.LookupTable, column.Name);
                break;
        }
    }
}
