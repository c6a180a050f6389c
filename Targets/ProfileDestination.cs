namespace DataExport.Targets;

/// <summary>What every engine demands of a profile's destination.</summary>
internal static class ProfileDestination
{
    private const int PrefixLettersMax = 14;
    private const int SchemaLettersMax = 63;

    /// <exception cref="ProfileException">The prefix cannot be used.</exception>
    internal static string PrefixOf(ExportProfile profile) =>
        profile.DestinationPrefix.Length <= PrefixLettersMax && profile.DestinationPrefix.All(char.IsAsciiLetterOrDigit)
            ? profile.DestinationPrefix
            : throw new ProfileException(
                $"DestinationPrefix: only letters and digits, at most {PrefixLettersMax} of them.");

    /// <exception cref="ProfileException">The schema cannot be used.</exception>
    internal static string SchemaOf(ExportProfile profile) => profile.DestinationSchemaName switch
    {
        "" => "dbo",
        { Length: <= SchemaLettersMax } schema
            when schema.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') => schema,
        _ => throw new ProfileException(
            $"DestinationSchemaName: only letters, digits and underscores, at most {SchemaLettersMax} of them."),
    };
}
