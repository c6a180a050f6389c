namespace DataExport.Dataverse.Xml;

/// <summary>
/// The memory that a walk over XML needs besides the body: names of open elements, prefixes in scope, the attributes of
/// one element, and texts that do not lie in the body as they are meant. Kept for the next body.
/// </summary>
internal sealed class XmlBuffers
{
    private const int BufferBytesKeptMax = 256 * 1024;
    private byte[] _unescaped = new byte[1024];
    private byte[] _joined = new byte[1024];
    private int _joinedLength;

    /// <summary>The names of the open elements by depth, in text XML.</summary>
    public XmlSlice[] Names { get; private set; } = new XmlSlice[64];

    /// <summary>The prefixes in scope, the innermost last.</summary>
    public XmlPrefix[] Prefixes { get; } = new XmlPrefix[XmlLimits.PrefixesMax];

    /// <summary>The keys of the prefixes in scope, so that hundreds are looked through in no time.</summary>
    public ulong[] PrefixKeys { get; } = new ulong[XmlLimits.PrefixesMax];

    /// <summary>The keys of the attributes.</summary>
    public ulong[] AttributeKeys { get; } = new ulong[XmlLimits.AttributesMax];

    /// <summary>The attributes of the element that is being read.</summary>
    public XmlAttribute[] Attributes { get; } = new XmlAttribute[XmlLimits.AttributesMax];

    /// <summary>Room for the text of one number, date or GUID.</summary>
    public byte[] Scratch { get; } = new byte[XmlScalar.TextBytesMax];

    /// <summary>Prepares for a body.</summary>
    public void Begin(int depthMax)
    {
        if (Names.Length <= depthMax)
        {
            Names = new XmlSlice[depthMax + 1];
        }

        // One large text must not make every later decode carry its buffer.
        _unescaped = _unescaped.Length > BufferBytesKeptMax ? new byte[1024] : _unescaped;
        _joined = _joined.Length > BufferBytesKeptMax ? new byte[1024] : _joined;
    }

    /// <summary>Room for one text that is written otherwise than it is meant.</summary>
    public Span<byte> Unescaped(int bytes)
    {
        if (_unescaped.Length < bytes)
        {
            _unescaped = new byte[Math.Max(bytes, Math.Min(_unescaped.Length * 2L, Array.MaxLength))];
        }

        return _unescaped;
    }

    /// <summary>Begins a text that comes in several parts.</summary>
    public void BeginJoined() => _joinedLength = 0;

    /// <summary>Adds a part and gives all parts so far.</summary>
    public ReadOnlySpan<byte> Join(scoped ReadOnlySpan<byte> part)
    {
        if (_joined.Length - _joinedLength < part.Length)
        {
            Array.Resize(ref _joined, Math.Max(_joined.Length * 2, _joinedLength + part.Length));
        }

        part.CopyTo(_joined.AsSpan(_joinedLength));
        _joinedLength += part.Length;
        return _joined.AsSpan(0, _joinedLength);
    }
}

/// <summary>Limits of what one element may have. Beyond them a body is refused.</summary>
internal static class XmlLimits
{
    /// <summary>Attributes of one element. Dataverse writes up to three.</summary>
    public const int AttributesMax = 32;

    /// <summary>Prefixes in scope at once. Dataverse declares about one for every two levels.</summary>
    public const int PrefixesMax = 128;

    /// <summary>Bytes of one name.</summary>
    public const int NameBytesMax = 512;
}

/// <summary>
/// A part of the body; or, with a negative start, a prefix of one letter that stands in a record's type.
/// </summary>
internal readonly record struct XmlSlice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public static XmlSlice OfLetter(int letter) => new(-1 - letter, 1);

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => Start >= 0
        ? body.Slice(Start, Length)
        : "abcdefghijklmnopqrstuvwxyz"u8.Slice(-1 - Start, 1);
}

/// <summary>A prefix that is declared.</summary>
/// <param name="Name">The prefix.</param>
/// <param name="Depth">The depth of the element that declares it.</param>
/// <param name="IsSchemaInstance">Whether it stands for the namespace of <c>type</c> and <c>nil</c>.</param>
internal readonly record struct XmlPrefix(XmlSlice Name, int Depth, bool IsSchemaInstance)
{
    /// <summary>How many letters a key has.</summary>
    public const int KeyLetters = 7;

    /// <summary>The length and first letters of a prefix, which are all it has as a rule.</summary>
    public static ulong KeyOf(ReadOnlySpan<byte> name)
    {
        var key = (ulong)Math.Min(name.Length, byte.MaxValue);
        foreach (var letter in name[..Math.Min(name.Length, KeyLetters)])
        {
            key = (key << 8) | letter;
        }

        return key;
    }
}

/// <summary>An attribute as it stands in the body.</summary>
/// <param name="Prefix">Its prefix, or nothing.</param>
/// <param name="Name">Its name without the prefix.</param>
/// <param name="Kind">How the value is written.</param>
/// <param name="Value">The value.</param>
/// <param name="IsDeclaration">Whether it declares the prefix that is its name, or the namespace without one.</param>
internal readonly record struct XmlAttribute(
    XmlSlice Prefix, XmlSlice Name, XmlScalarKind Kind, XmlSlice Value, bool IsDeclaration = false);
