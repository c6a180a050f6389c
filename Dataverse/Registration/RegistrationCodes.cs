namespace DataExport.Dataverse.Registration;

/// <summary>Numbers and names of Dataverse's registration tables.</summary>
internal static class RegistrationCodes
{
    public const string Create = nameof(Create);
    public const string Update = nameof(Update);
    public const string Delete = nameof(Delete);
    public const string Associate = nameof(Associate);
    public const string Disassociate = nameof(Disassociate);

    /// <summary>Contract: a topic.</summary>
    public const int Topic = 5;

    /// <summary>Contract: a queue that keeps messages while nobody listens.</summary>
    public const int PersistentQueue = 6;

    public const int Json = 2;
    public const int Utf8 = 1;
    public const int SasKey = 2;
    public const int ByAddress = 2;
    public const int NormalConnection = 1;
    public const int UserIdClaim = 2;

    /// <summary>Stage: after the operation, the only one of asynchronous steps.</summary>
    public const int PostOperation = 40;
    public const int Asynchronous = 1;
    public const int ServerOnly = 0;
    public const int Enabled = 0;
    public const int EnabledStatus = 1;
    public const int PostImage = 1;

    /// <summary>Status of a system job that is not tried again.</summary>
    public const int Failed = 31;

    /// <summary>The alias under which messages bring the registered image.</summary>
    public const string ImageAlias = "dataexport";

    /// <summary>What the names of all begin with that a profile creates.</summary>
    public static string NameOf(string profileId) => $"DataExport {profileId}";

    /// <summary>The name of a step.</summary>
    public static string StepName(string profileId, string message, string? table) => table is null
        ? $"{NameOf(profileId)}: {message}"
        : $"{NameOf(profileId)}: {message} of {table}";

    /// <summary>The message parameter that an image is taken of.</summary>
    public static string ImageProperty(string message) => message == Create ? "Id" : "Target";
}
