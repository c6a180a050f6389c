using System.Security.Cryptography;
using System.Text;

namespace DataExport.Grains.Selection;

/// <summary>
/// Hides the values of a table's masked columns before they are built into a row: what is behind never sees them. The
/// same value is always hidden as the same, so that what is confirmed later finds what it left. For any number of
/// threads.
/// </summary>
public sealed class RowMasks
{
    private const int DigestBytes = 32;
    private const int HashLettersMax = DigestBytes * 2;

    private static readonly byte[] s_asterisks = "***"u8.ToArray();

    private readonly ColumnMasking[] _columns;
    private readonly byte[] _key;

    internal RowMasks(TableDefinition table, string? maskKey)
    {
        _key = Encoding.UTF8.GetBytes(maskKey ?? "");
        _columns = [.. table.Masks.Select(mask => Of(table, mask))];
        if (_key.Length == 0 && Array.Exists(_columns, static column => column.Kind is Masking.Hash))
        {
            throw new ProfileException(
                $"Table '{table.Name}' has hashed columns, and the profile no MaskKey. Give it one.");
        }
    }

    private enum Masking
    {
        Nothing,
        Asterisks,
        Hash,
    }

    /// <summary>Puts what hides them in the place of the values that were added. What is empty stays empty.</summary>
    public void Apply(ColumnValuesBuilder values)
    {
        Span<byte> digest = stackalloc byte[DigestBytes];
        Span<byte> letters = stackalloc byte[HashLettersMax];
        foreach (var (ordinal, masking, length) in _columns)
        {
            if (!values.TryGet(ordinal, out var value) || value.IsNull)
            {
                continue;
            }

            switch (masking)
            {
                case Masking.Hash:
                    _ = HMACSHA256.HashData(_key, value.Utf8, digest);
                    _ = Convert.TryToHexStringLower(digest, letters, out _);
                    values.AddText(ordinal, letters[..length]);
                    break;
                case Masking.Asterisks:
                    values.AddText(ordinal, s_asterisks.AsSpan(0, length));
                    break;
                default:
                    values.AddNull(ordinal);
                    break;
            }
        }
    }

    private static ColumnMasking Of(TableDefinition table, ColumnMask mask)
    {
        var ordinal = table.OrdinalOf(mask.Column);
        if (ordinal < 0)
        {
            throw new ProfileException(
                $"Table '{table.Name}' has no column '{mask.Column}' to be masked. Correct the profile.");
        }

        var column = table.Columns[ordinal];
        var isText = column.Type is ColumnType.Text or ColumnType.Memo;
        var room = column.MaxLength > 0 ? column.MaxLength : int.MaxValue;
        return (isText, mask.Kind) switch
        {
            (false, _) => new ColumnMasking(ordinal, Masking.Nothing, 0),
            (_, MaskKind.Hash) => new ColumnMasking(ordinal, Masking.Hash, Math.Min(HashLettersMax, room)),
            _ => new ColumnMasking(ordinal, Masking.Asterisks, Math.Min(s_asterisks.Length, room)),
        };
    }

    private readonly record struct ColumnMasking(int Ordinal, Masking Kind, int Length);
}
