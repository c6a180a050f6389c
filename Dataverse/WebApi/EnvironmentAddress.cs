using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>Where an environment's Web API is, and which links belong to it.</summary>
internal sealed class EnvironmentAddress
{
    private const string ApiPath = "/api/data/v9.2/";

    /// <summary>Checks a profile's source address.</summary>
    /// <exception cref="ProfileException">It cannot be used.</exception>
    public EnvironmentAddress(string sourceUrl)
    {
        if (!Uri.TryCreate(sourceUrl, UriKind.Absolute, out var url)
            || url.UserInfo.Length > 0
            || url.PathAndQuery != "/")
        {
            throw new ProfileException(
                $"SourceUrl '{Shorten(sourceUrl)}' is no environment's address. Expected is one such as "
                + "https://org.crm.dynamics.com, without path, query and credentials.");
        }

        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        {
            throw new ProfileException(
                $"SourceUrl '{url.Scheme}://{url.Host}' must be https. Plain http is taken for loopback only, since "
                + "credentials travel with every request.");
        }

        Root = url;
        Api = new Uri(url, ApiPath);
    }

    /// <summary>The environment itself, with a slash at the end.</summary>
    public Uri Root { get; }

    /// <summary>The Web API, with a slash at the end.</summary>
    public Uri Api { get; }

    /// <summary>The path of a request below the Web API, as it stands in the request line of a batch's part.</summary>
    public static string PathOf(string request) => ApiPath + request;

    /// <summary>The address of a request below the Web API.</summary>
    public Uri Of(string request) => new(Api.AbsoluteUri + request);

    /// <summary>A link that the environment gave. It is opaque and goes back letter by letter.</summary>
    /// <exception cref="SourceException">It leads to another host.</exception>
    public Uri Follow(string link)
    {
        var asGiven = new UriCreationOptions
        {
            DangerousDisablePathAndQueryCanonicalization = !link.AsSpan().ContainsAnyExceptInRange('!', '~'),
        };
        if (!Uri.TryCreate(link, asGiven, out var url)
            || url.Scheme != Root.Scheme
            || url.Port != Root.Port
            || !url.Host.Equals(Root.Host, StringComparison.OrdinalIgnoreCase)
            || !url.AbsolutePath.StartsWith(ApiPath, StringComparison.Ordinal))
        {
            throw new SourceException(
                SourceFault.Unavailable, $"The environment gave a link that does not lead to itself, {Root.Host}.");
        }

        return url;
    }

    /// <summary>What an operator needs to recognise the address, without what may stand before an at sign.</summary>
    private static string Shorten(string url)
    {
        var text = url[(url.LastIndexOf('@') + 1)..];
        return text.Length > 100 ? text[..100] : text;
    }
}
