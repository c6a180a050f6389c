using System.Collections.Immutable;
using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>The profile that exports a Sandbox to a SQLite file.</summary>
internal static class ExportSetup
{
    /// <summary>The queue that the Sandbox posts to, once the profile has registered that.</summary>
    public const string Queue = "export";

    /// <summary>The name of the profile.</summary>
    public const string ProfileName = "sandbox";

    /// <summary>The prefix of the tables in the target.</summary>
    public const string Prefix = "crm";

    /// <summary>The tables of these names; all when none is named.</summary>
    /// <exception cref="RunException">The Sandbox has no table of that name.</exception>
    public static IReadOnlyList<SandboxTable> TablesOf(DataverseSandbox sandbox, IReadOnlyList<string> names)
    {
        var unknown = names.Except(sandbox.Tables.Select(table => table.Name)).FirstOrDefault();
        if (unknown is not null)
        {
            var known = string.Join(", ", sandbox.Tables.Select(table => table.Name));
            throw new RunException($"The Sandbox has no table {unknown}. It has {known}.");
        }

        return names.Count == 0 ? sandbox.Tables : [.. sandbox.Tables.Where(table => names.Contains(table.Name))];
    }

    /// <summary>The profile, ready to be created.</summary>
    public static ExportProfile ProfileOf(
        SandboxEnvironment environment, IReadOnlyList<SandboxTable> tables, DataDirectory directory) => new()
        {
            Name = ProfileName,
            Entities = [.. tables.Select(table => new ProfileEntity(table.Name))],
            DestinationType = "sqlite",
            DestinationConnection = $"Data Source={directory.DatabaseFile}",
            DestinationPrefix = Prefix,
            SourceUrl = environment.Host.EnvironmentAddress.ToString(),
            NotificationConnection = environment.ConnectionOf(Queue),
            RegistrationConnection = environment.ConnectionOf(Queue),
            Relationships = ImmutableArray<string>.Empty,
        };
}
