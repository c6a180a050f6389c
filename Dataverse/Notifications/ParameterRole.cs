namespace DataExport.Dataverse.Notifications;

/// <summary>What a parameter says of the records that a message is about.</summary>
internal enum ParameterRole
{
    Unknown,
    Nothing,

    /// <summary>The one record.</summary>
    Record,

    /// <summary>One of several records.</summary>
    Member,

    /// <summary>The id of the record that a merge deactivates.</summary>
    Subordinate,

    /// <summary>The relationship by which records were associated.</summary>
    Relationship,

    /// <summary>The record after the change, with the columns that a step is registered to bring along.</summary>
    Image,
}

/// <summary>Roles by the names of parameters.</summary>
internal static class ParameterRoles
{
    /// <summary>The role of the parameter named <paramref name="key"/>.</summary>
    public static ParameterRole Of(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("Target"u8) || key.SequenceEqual("EntityMoniker"u8) ? ParameterRole.Record
        : key.SequenceEqual("Targets"u8) ? ParameterRole.Member
        : key.SequenceEqual("SubordinateId"u8) ? ParameterRole.Subordinate
        : key.SequenceEqual("Relationship"u8) ? ParameterRole.Relationship
        : ParameterRole.Nothing;

    /// <summary>
    /// The role of the image named <paramref name="key"/>. One comes along unasked, and holds the id and name alone.
    /// </summary>
    public static ParameterRole OfImage(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("AsynchronousStepPrimaryName"u8) ? ParameterRole.Nothing : ParameterRole.Image;
}
