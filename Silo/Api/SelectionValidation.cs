using DataExport.Grains.Selection;

namespace DataExport.Silo.Api;

/// <summary>
/// Decides whether what a profile chooses of its tables can be read. Pure: whether it fits the tables only their
/// metadata tells, on activation.
/// </summary>
internal static class SelectionValidation
{
    public const int ColumnsMax = 2_000;
    public const int MaskKeyLengthMin = 16;

    private static readonly string[] _neverMasked = ["modifiedon", "versionnumber"];

    /// <summary>What is wrong, in the order of the tables; empty when nothing is.</summary>
    public static IEnumerable<string> Check(ExportProfile profile)
    {
        var entities = profile.Entities.IsDefault ? [] : profile.Entities;
        for (var index = 0; index < entities.Length; index++)
        {
            if (entities[index] is { } entity)
            {
                foreach (var finding in CheckEntity(entity, $"Entities[{index}]", profile))
                {
                    yield return finding;
                }
            }
        }

        if (profile.MaskKey is { } key && key.Length < MaskKeyLengthMin)
        {
            yield return $"MaskKey is shorter than {MaskKeyLengthMin} characters. Set it to a random text and keep it: "
                + "another one makes other fingerprints.";
        }
    }

    private static IEnumerable<string> CheckEntity(ProfileEntity entity, string place, ExportProfile profile) =>
    [
        .. CheckNames(entity.Columns.IsDefault ? [] : entity.Columns, $"{place}.Columns"),
        .. CheckFilter(entity.Filter, $"{place}.Filter"),
        .. CheckMasks(entity, $"{place}.Masks", profile.MaskKey is not null),
    ];

    private static IEnumerable<string> CheckNames(IReadOnlyList<string> names, string place)
    {
        if (names.Count > ColumnsMax)
        {
            yield return $"{place} has {names.Count} entries. Use {ColumnsMax} at most.";
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < names.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(names[index]))
            {
                yield return $"{place}[{index}] is empty. Use a column's logical name, such as name.";
            }
            else if (!seen.Add(names[index]))
            {
                yield return $"{place}[{index}] names {names[index]} again. Name each column once.";
            }
        }
    }

    private static IEnumerable<string> CheckFilter(string? filter, string place)
    {
        if (filter is null || FaultOf(filter) is not { } fault)
        {
            yield break;
        }

        yield return $"{place}, character {fault.Position}: {fault.Message}. Use OData, such as "
            + "statecode eq 0 and createdon ge 2024-01-01, or leave it out for all rows.";
    }

    private static FilterSyntaxException? FaultOf(string filter)
    {
        try
        {
            _ = FilterParser.Parse(filter);
            return null;
        }
        catch (FilterSyntaxException fault)
        {
            return fault;
        }
    }

    private static IEnumerable<string> CheckMasks(ProfileEntity entity, string place, bool hasMaskKey)
    {
        var masks = entity.Masks.IsDefault ? [] : entity.Masks;
        foreach (var finding in CheckNames([.. masks.Select(static mask => mask?.Column ?? "")], place))
        {
            yield return finding;
        }

        for (var index = 0; index < masks.Length; index++)
        {
            if (masks[index] is not { } mask)
            {
                continue;
            }

            if (_neverMasked.Contains(mask.Column) || mask.Column == $"{entity.Type}id")
            {
                yield return $"{place}[{index}] hides {mask.Column}, by which rows are told apart and ordered. "
                    + "Leave it out.";
            }

            if (!Enum.IsDefined(mask.Kind))
            {
                yield return $"{place}[{index}].Kind is not known. Use Mask or Hash.";
            }
            else if (mask.Kind is MaskKind.Hash && !hasMaskKey)
            {
                yield return $"{place}[{index}] hashes {mask.Column}, and MaskKey is missing. Set MaskKey to a random "
                    + $"text of {MaskKeyLengthMin} characters or more.";
            }
        }
    }
}
