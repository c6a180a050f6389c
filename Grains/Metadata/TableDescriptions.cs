using System.Collections.Immutable;
using DataExport.Grains.Ports;
using DataExport.Grains.Selection;

namespace DataExport.Grains.Metadata;

/// <summary>What the source says of a profile's tables.</summary>
/// <param name="Tables">The tables as the profile wants them.</param>
/// <param name="Message">What of it cannot be followed, or <see langword="null"/>.</param>
internal sealed record TableDescription(ImmutableArray<TableDefinition> Tables, string? Message = null);

/// <summary>Describes a profile's tables.</summary>
internal static class TableDescriptions
{
    /// <summary>Describes all of them.</summary>
    /// <exception cref="SourceException">A table does not exist, or the source cannot be asked.</exception>
    /// <exception cref="ProfileException">Something that the profile chooses does not fit its table.</exception>
    public static async Task<ImmutableArray<TableDefinition>> ReadAsync(
        ISourceEnvironment source, ExportProfile profile, CancellationToken cancellationToken)
    {
        var names = profile.Entities.Select(static entity => entity.Type).ToArray();
        var tables = await source.ReadTablesAsync(names, profile.Relationships, cancellationToken);
        return TableSelecting.Select(tables, profile);
    }

    /// <summary>
    /// Describes those that are still there. One that is gone stays as it was known: its rows stay in the target, and
    /// the others must not wait for a person.
    /// </summary>
    public static async Task<TableDescription> ReadAsync(
        ISourceEnvironment source,
        ExportProfile profile,
        ImmutableArray<TableDefinition> known,
        CancellationToken cancellationToken)
    {
        try
        {
            return new TableDescription(await ReadAsync(source, profile, cancellationToken));
        }
        catch (SourceException gone) when (gone.Fault is SourceFault.NotFound)
        {
            return await ReadSinglyAsync(source, profile, known, gone.Message, cancellationToken);
        }
    }

    private static async Task<TableDescription> ReadSinglyAsync(
        ISourceEnvironment source,
        ExportProfile profile,
        ImmutableArray<TableDefinition> known,
        string message,
        CancellationToken cancellationToken)
    {
        var tables = known.ToBuilder();
        for (var index = 0; index < tables.Count; index++)
        {
            try
            {
                var read = await source.ReadTablesAsync([tables[index].Name], [], cancellationToken);
                tables[index] = TableSelecting.Select(read, profile)[0];
            }
            catch (SourceException gone) when (gone.Fault is SourceFault.NotFound)
            {
                message = gone.Message;
            }
        }

        return new TableDescription(
            tables.ToImmutable(),
            $"{message} Its rows stay in the target. Take it out of the profile, or bring it back.");
    }
}
