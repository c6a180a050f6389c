using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataExport.ServiceBus;

/// <summary>Makes shared access signatures: proof of the key, for one audience, for a time.</summary>
internal static class SharedAccessToken
{
    /// <summary>Signs <paramref name="audience"/>. The key counts as text; it is not decoded from Base64.</summary>
    public static string Create(string audience, string keyName, string key, DateTimeOffset expires)
    {
        var resource = Uri.EscapeDataString(audience);
        var expiry = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(resource + "\n" + expiry));
        return "SharedAccessSignature sr=" + resource
            + "&sig=" + Uri.EscapeDataString(Convert.ToBase64String(signature))
            + "&se=" + expiry
            + "&skn=" + Uri.EscapeDataString(keyName);
    }
}
