using System.Collections.Immutable;
using System.Data;

namespace DataExport.Targets.Control;

/// <summary>Brings the control database's schema to the version that <paramref name="scripts"/> end at.</summary>
internal sealed class ControlSchema(ImmutableArray<string> scripts, TimeProvider clock)
{
    private static readonly ControlColumn s_table = new("Table", DbType.String);
    private static readonly ControlColumn s_version = new("Version", DbType.Int64);
    private static readonly ControlColumn s_appliedOn = new("AppliedOn", DbType.DateTime);

    /// <summary>Runs what is missing, in one transaction; silos that start together wait for each other.</summary>
    /// <exception cref="ControlDatabaseException">The database is of a newer build.</exception>
    public async Task UpgradeAsync(ControlSession session, CancellationToken cancellationToken)
    {
        if (await ReadVersionAsync(session, cancellationToken) == scripts.Length)
        {
            return;
        }

        await session.BeginAsync(cancellationToken);
        if (session.Dialect.CreateSchema is { } createSchema)
        {
            await session.RunAsync(createSchema, cancellationToken);
        }

        // Asked again under the lock: another silo may have done it meanwhile.
        for (var version = await ReadVersionAsync(session, cancellationToken); version < scripts.Length; version++)
        {
            await session.RunAsync(scripts[(int)version], cancellationToken);
            await session.RunAsync(
                ControlStatements.SaveVersion,
                cancellationToken,
                s_version.With(version + 1),
                s_appliedOn.With(clock.GetUtcNow().UtcDateTime));
        }

        await session.CommitAsync(cancellationToken);
    }

    private async Task<long> ReadVersionAsync(ControlSession session, CancellationToken cancellationToken)
    {
        var tables = await session.NumberAsync(
            session.Dialect.CountTables, cancellationToken, s_table.With("ControlSchema"));
        var version = tables == 0
            ? 0
            : await session.NumberAsync(ControlStatements.ReadVersion, cancellationToken);
        return version <= scripts.Length
            ? version
            : throw new ControlDatabaseException(
                $"The control database's schema is of version {version}, and this build knows versions up to "
                + $"{scripts.Length}. Run the newer build everywhere, or set {ControlDatabaseOptions.Section}:Schema "
                + $"or {ControlDatabaseOptions.Section}:Connection to a place of its own.");
    }
}
