using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Identity;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Credentials;

/// <summary>Makes Azure's credentials of options. A setting that is missing is named, and no value is.</summary>
internal static class SourceCredentials
{
    /// <exception cref="SourceException">A setting is missing, or the certificate cannot be read.</exception>
    public static TokenCredential Create(SourceCredentialOptions options, string section) => options.Kind switch
    {
        SourceCredentialKind.ClientSecret => new ClientSecretCredential(
            Need(options.TenantId, section, nameof(options.TenantId)),
            Need(options.ClientId, section, nameof(options.ClientId)),
            Need(options.ClientSecret, section, nameof(options.ClientSecret)),
            With<ClientSecretCredentialOptions>(options)),
        SourceCredentialKind.ClientCertificate => Certificate(options, section),
        SourceCredentialKind.ManagedIdentity => new ManagedIdentityCredential(
            string.IsNullOrEmpty(options.ClientId)
                ? ManagedIdentityId.SystemAssigned
                : ManagedIdentityId.FromUserAssignedClientId(options.ClientId)),
        SourceCredentialKind.WorkloadIdentity => new WorkloadIdentityCredential(Workload(options)),
        _ => throw new SourceException(
            SourceFault.Forbidden, $"{section}:Kind '{options.Kind}' is none that an environment takes."),
    };

    private static ClientCertificateCredential Certificate(SourceCredentialOptions options, string section)
    {
        var tenant = Need(options.TenantId, section, nameof(options.TenantId));
        var client = Need(options.ClientId, section, nameof(options.ClientId));
        var file = Need(options.CertificateFile, section, nameof(options.CertificateFile));
        var with = With<ClientCertificateCredentialOptions>(options);
        if (string.IsNullOrEmpty(options.CertificatePassword))
        {
            // Read when a token is asked for, so that a renewed file is taken.
            return new ClientCertificateCredential(tenant, client, file, with);
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, options.CertificatePassword);
            return new ClientCertificateCredential(tenant, client, certificate, with);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException)
        {
            throw new SourceException(
                SourceFault.Forbidden,
                $"{section}:CertificateFile cannot be read as PKCS #12 with its password "
                + $"({exception.GetType().Name}).");
        }
    }

    private static WorkloadIdentityCredentialOptions Workload(SourceCredentialOptions options)
    {
        // What is empty comes from the variables that Kubernetes' webhook sets.
        var with = With<WorkloadIdentityCredentialOptions>(options);
        with.TenantId = string.IsNullOrEmpty(options.TenantId) ? with.TenantId : options.TenantId;
        with.ClientId = string.IsNullOrEmpty(options.ClientId) ? with.ClientId : options.ClientId;
        return with;
    }

    private static T With<T>(SourceCredentialOptions options)
        where T : TokenCredentialOptions, new()
    {
        var with = new T();
        with.AuthorityHost = options.Authority ?? with.AuthorityHost;
        return with;
    }

    private static string Need(string? value, string section, string name) => string.IsNullOrEmpty(value)
        ? throw new SourceException(SourceFault.Forbidden, $"{section}:{name} is not set.")
        : value;
}
