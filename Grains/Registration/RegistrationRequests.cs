using System.Collections.Immutable;
using DataExport.Grains.Ports;

namespace DataExport.Grains.Registration;

/// <summary>Decides what a profile wants to be posted. Pure.</summary>
internal static class RegistrationRequests
{
    /// <summary>
    /// Columns that every update brings or that the platform sets: as filters they would let every update through.
    /// </summary>
    private static readonly HashSet<string> _stamps = new(StringComparer.Ordinal)
    {
        "createdon", "createdby", "createdonbehalfby",
        "modifiedon", "modifiedby", "modifiedonbehalfby",
        "overriddencreatedon", "versionnumber",
    };

    /// <summary>The request of a profile, or <see langword="null"/> when its steps are made by hand.</summary>
    /// <exception cref="ProfileException">Its connection string cannot be used.</exception>
    public static RegistrationRequest? Of(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, ImmutableArray<RegisteredComponent> created) =>
        PostAddresses.Of(profile) is not { } address
            ? null
            : new RegistrationRequest
            {
                ProfileId = profile.Id,
                ProfileName = profile.Name,
                Endpoint = address,
                Tables =
                [
                    .. tables.Where(static table => table.SetColumns.IsEmpty && !table.IsElastic)
                        .Select(table => new TableRegistration(
                            table.Name, FilterOf(table, tables), table.FilterColumns)),
                ],
                PostsAssociations = tables.Any(static table => !table.Relationships.IsEmpty),
                Created = created,
            };

    /// <summary>
    /// An activity's lists of parties are no columns here, but where the parties are exported an update of a list
    /// counts: then every update does.
    /// </summary>
    private static ImmutableArray<string> FilterOf(TableDefinition table, ImmutableArray<TableDefinition> all) =>
        table.PrimaryIdColumn == TableDefinition.ActivityColumn
            && all.Any(static each => each.Name == TableDefinition.ActivityPartyTable)
            ? []
            : [
                .. table.Columns.Where(static column => !column.IsComputed && !column.HoldsFile)
                    .Select(static column => column.Name)
                    .Where(name => name != table.PrimaryIdColumn && !_stamps.Contains(name)),
            ];
}
