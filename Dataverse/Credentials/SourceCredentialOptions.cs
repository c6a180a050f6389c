namespace DataExport.Dataverse.Credentials;

/// <summary>Who the silo is to an environment: an application user.</summary>
public sealed class SourceCredentialOptions
{
    /// <summary>How it shows that. Default: nothing is sent, which only an environment on loopback takes.</summary>
    public SourceCredentialKind Kind { get; set; }

    /// <summary>The directory (tenant) of the app registration.</summary>
    public string? TenantId { get; set; }

    /// <summary>
    /// The app registration's application (client) id. Of a managed identity: the user-assigned one; empty for that of
    /// the machine.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>The client secret. A secret: never logged.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file with certificate and private key, PEM or PKCS #12.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The password of a PKCS #12 file. A secret: never logged.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The sign-in service of sovereign clouds; default that of the public cloud.</summary>
    public Uri? Authority { get; set; }
}

/// <summary>How an application user signs in.</summary>
public enum SourceCredentialKind
{
    /// <summary>Not at all, or with the fixed <c>Token</c> of the section above, which lasts about an hour.</summary>
    None = 0,

    /// <summary>With a client secret.</summary>
    ClientSecret = 1,

    /// <summary>With a certificate.</summary>
    ClientCertificate = 2,

    /// <summary>As the managed identity of the machine, or as one assigned to it.</summary>
    ManagedIdentity = 3,

    /// <summary>With the federated token that Kubernetes mounts.</summary>
    WorkloadIdentity = 4,
}
