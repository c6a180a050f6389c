using System.Security.Cryptography;
using System.Text;

namespace Orleans.Storage;

/// <summary>A file name for any text: different texts have different names, on every file system.</summary>
internal static class SafeFileName
{
    private const int LengthMax = 180;
    private const int KeptLength = 100;

    /// <summary>
    /// Lower-case letters, digits and a few marks stand for themselves, all other bytes of the UTF-8 text as
    /// <c>%xx</c>; upper case too, since some file systems do not tell it from lower case. A long name is cut and ends
    /// in a hash of the text.
    /// </summary>
    public static string Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var name = new StringBuilder(bytes.Length);
        foreach (var one in bytes)
        {
            if (one is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'_')
            {
                name.Append((char)one);
            }
            else
            {
                name.Append('%').Append(Convert.ToHexStringLower([one]));
            }
        }

        return name.Length <= LengthMax
            ? name.ToString()
            : $"{name.ToString(0, KeptLength)}~{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
    }
}
