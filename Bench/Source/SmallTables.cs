using System.Globalization;
using DataExport.Sandbox;

namespace DataExport.Bench.Source;

/// <summary>Tables as people make their own: many, with a few columns each.</summary>
internal static class SmallTables
{
    private const int FirstTypeCode = 10_400;

    public static SandboxModel Build(int tables, int seed)
    {
        string[] names = [.. Enumerable.Range(1, tables).Select(
            static number => string.Create(CultureInfo.InvariantCulture, $"new_small{number:00}"))];
        var catalog = new TableCatalog(names);
        return new SandboxModel(
            seed,
            catalog,
            [.. names.Select((name, place) => TableOf(name, FirstTypeCode + place, catalog, seed))],
            [.. names.Select(static _ => 1)]);
    }

    private static SandboxTable TableOf(string name, int typeCode, TableCatalog catalog, int seed)
    {
        var names = new TableNames(name, name, name + "s")
        {
            PrimaryId = name + "id",
            PrimaryName = "new_name",
            ObjectTypeCode = typeCode,
            ReadPrivilege = "prvRead" + name,
        };
        return new TableBuilder(catalog, seed, names)
            .Id(names.PrimaryId)
            .Text("new_name", 100, nulls: 0)
            .Memo("new_description", 2_000)
            .State("Active|Inactive", "0:1=Active|1:2=Inactive")
            .Owned()
            .Currency()
            .Money("new_amount")
            .Choice("new_kind", "One|Two|Three")
            .Integer("new_count", 0, 1_000)
            .Time("new_dueon")
            .Boolean("new_isdone")
            .Tracked()
            .Build();
    }
}
