using System.Security.Cryptography;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>Names the directory of a queue.</summary>
internal static class QueueDirectory
{
    /// <summary>File systems take 255 bytes.</summary>
    private const int LengthMax = 200;

    /// <summary>One name a queue, whatever letters it is written in, and never a way to another directory.</summary>
    public static string NameOf(string queue)
    {
        var key = queue.ToLowerInvariant();
        var escaped = Uri.EscapeDataString(key);
        return "q-" + (escaped.Length <= LengthMax
            ? escaped
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
    }
}
