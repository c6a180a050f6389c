using System.ComponentModel.DataAnnotations;
using DataExport.Dataverse.Credentials;

namespace DataExport.Dataverse.WebApi;

/// <summary>How environments are read, section <c>DataExport:Source</c>.</summary>
public sealed class DataverseSourceOptions
{
    /// <summary>
    /// A bearer token, sent as it is; without one, requests go without credentials, which only an environment on
    /// loopback takes. A secret: never logged.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>
    /// How the application user signs in to environments that <see cref="Environments"/> does not name.
    /// </summary>
    public SourceCredentialOptions Credential { get; set; } = new();

    /// <summary>How the application user signs in to single environments, by host.</summary>
    public Dictionary<string, SourceCredentialOptions> Environments { get; set; } =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Longest time from a request to the end of its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Rows in a page. Dataverse takes at most 5,000.</summary>
    [Range(1, 5_000)]
    public int PageRowsMax { get; set; } = 5_000;

    /// <summary>
    /// Bytes of a page's rows that are held at once: of a page with long texts the first rows are written while the
    /// last are on their way. Default 8 MiB.
    /// </summary>
    [Range(4_096, int.MaxValue)]
    public int PageBytesMax { get; set; } = 8 * 1024 * 1024;

    /// <summary>Ids in one request of a fetch, so that its address stays under the 64 KB that a batch allows.</summary>
    [Range(1, 1_000)]
    public int FetchIdsMax { get; set; } = 500;

    /// <summary>
    /// Rows of sets (N:N rows of a record, parties of activities) in one fetch; beyond, the table's delta tells.
    /// </summary>
    [Range(5_000, 10_000_000)]
    public int SetRowsMax { get; set; } = 50_000;

    /// <summary>Longest answer to a request for metadata.</summary>
    [Range(1_048_576, int.MaxValue)]
    public int AnswerBytesMax { get; set; } = 128 * 1024 * 1024;

    /// <summary>Longest answer to a fetch, which is held as a whole; a longer one is asked again in halves.</summary>
    [Range(1_048_576, int.MaxValue)]
    public int FetchBytesMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>Longest single value in a page, which is otherwise read as it comes.</summary>
    [Range(65_536, int.MaxValue)]
    public int ValueBytesMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Requests under way at once while metadata is read. Dataverse allows 52 of one user.
    /// </summary>
    [Range(1, 52)]
    public int MetadataRequestsMax { get; set; } = 6;

    /// <summary>Requests under way at once while steps are registered or removed.</summary>
    [Range(1, 16)]
    public int RegistrationRequestsMax { get; set; } = 4;
}
