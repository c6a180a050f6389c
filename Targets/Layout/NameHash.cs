using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DataExport.Targets.Layout;

/// <summary>A number for a name that is the same in every process, for locks and shortened names.</summary>
internal static class NameHash
{
    internal static long Of(string name) =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
