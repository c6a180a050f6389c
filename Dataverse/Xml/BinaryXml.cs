using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// Walks over .NET binary XML (MC-NBFX) that came without a dictionary of names. Numbers and dates stay in their bytes
/// until somebody asks.
/// </summary>
internal ref struct BinaryXml : IXmlTokens
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _depthMax;
    private XmlElement _element;
    private BinaryText _text;
    private BinaryArray _array;
    private bool _endsElement;
    private bool _hasRoot;
    private int _at;
    private int _start;

    public BinaryXml(ReadOnlySpan<byte> bytes, XmlBuffers buffers, int depthMax)
    {
        buffers.Begin(depthMax);
        _bytes = bytes;
        Buffers = buffers;
        _depthMax = depthMax;
    }

    public XmlToken Token { get; private set; }

    public readonly long Position => _start;

    public int Depth { get; private set; }

    public readonly ReadOnlySpan<byte> LocalName => _element.Name.Of(_bytes);

    public readonly XmlValueType Type => _element.ValueType(_bytes, Buffers);

    public readonly bool IsNil => _element.IsNil(_bytes, Buffers);

    public XmlBuffers Buffers { get; }

    public readonly XmlScalar Text => _text.Kind is XmlScalarKind.Utf16
        ? new XmlScalar(XmlScalarKind.Utf8, BinaryTexts.FromUtf16(_text.Value.Of(_bytes), Buffers))
        : new XmlScalar(_text.Kind, _text.Value.Of(_bytes));

    public bool Read()
    {
        if (_endsElement)
        {
            _endsElement = false;
            Token = XmlToken.EndElement;
            return true;
        }

        if (_array.IsOpen)
        {
            ReadArrayItem();
            return true;
        }

        if (Token is XmlToken.EndElement)
        {
            _element.Leave(Buffers, Depth--);
        }

        Token = XmlToken.None;
        while (Token is XmlToken.None)
        {
            _start = _at;
            if (_at == _bytes.Length)
            {
                return ReadEnd();
            }

            ReadRecord(_bytes[_at++]);
        }

        return true;
    }

    public void Resume()
    {
        _element.Leave(Buffers, Depth--);
        if (_array.IsOpen)
        {
            ReadArrayElementAgain();
            return;
        }

        _at = _start;
        ReadRecord(_bytes[_at++]);
    }

    /// <summary>Looks for a short element with a short text, which is how such a member is always written.</summary>
    public readonly ReadOnlySpan<byte> GuessLast(ReadOnlySpan<byte> elementName)
    {
        var at = _bytes.LastIndexOf(elementName);
        if (at < 2 || _bytes[at - 2] != BinaryRecord.ShortElement || _bytes[at - 1] != elementName.Length)
        {
            return default;
        }

        var text = _bytes[(at + elementName.Length)..];
        return text is [BinaryRecord.Chars8 | BinaryRecord.WithEndElement, var length, ..] && text.Length >= 2 + length
            ? text.Slice(2, length)
            : default;
    }

    private bool ReadEnd()
    {
        if (Depth > 0 || !_hasRoot)
        {
            throw Fault("the body ends inside of an element");
        }

        Token = XmlToken.End;
        return false;
    }

    private void ReadRecord(byte record)
    {
        switch (record)
        {
            case BinaryRecord.EndElement:
                EndElement();
                break;
            case BinaryRecord.Comment:
                _ = BinaryTexts.NameOrText(_bytes, ref _at);
                break;
            case BinaryRecord.Array:
                BeginArray();
                break;
            case >= BinaryRecord.FirstElement and <= BinaryRecord.LastElement:
                ReadElement(record);
                break;
            default:
                ReadText(record);
                break;
        }
    }

    private void EndElement()
    {
        if (Depth == 0)
        {
            throw Fault("an element ends that did not begin");
        }

        Token = XmlToken.EndElement;
    }

    private void ReadText(byte record)
    {
        if (Depth == 0)
        {
            throw Fault("a text stands outside of the element");
        }

        _text = BinaryTexts.Read(_bytes, ref _at, record & ~BinaryRecord.WithEndElement);
        _endsElement = (record & BinaryRecord.WithEndElement) != 0;
        Token = XmlToken.Text;
    }

    private void ReadElement(byte record)
    {
        if (Depth == 0 && _hasRoot)
        {
            throw Fault("a second element follows the first");
        }

        if (Depth == _depthMax)
        {
            throw Fault($"the elements are nested deeper than {_depthMax}");
        }

        _hasRoot = true;
        Depth++;
        var prefix = record switch
        {
            BinaryRecord.ShortElement => default,
            BinaryRecord.Element => BinaryTexts.Name(_bytes, ref _at),
            >= BinaryRecord.PrefixElementA => XmlSlice.OfLetter(record - BinaryRecord.PrefixElementA),
            _ => throw Fault(BinaryTexts.NoDictionary),
        };
        _element.Begin(prefix, BinaryTexts.Name(_bytes, ref _at));
        BinaryAttributes.Read(_bytes, ref _at, ref _element, Buffers);
        _element.Resolve(_bytes, Buffers, Depth, _start);
        Token = XmlToken.StartElement;
    }

    /// <summary>Begins an array: one element, and the values of it and of the equal elements that follow it.</summary>
    private void BeginArray()
    {
        var elementAt = _at;
        ReadArrayElement();
        if (_at + 2 > _bytes.Length || _bytes[_at] != BinaryRecord.EndElement)
        {
            throw Fault("the element of an array does not end");
        }

        var record = _bytes[_at + 1] & ~BinaryRecord.WithEndElement;
        var itemBytes = (_bytes[_at + 1] & BinaryRecord.WithEndElement) == 0 ? 0 : BinaryRecord.ArrayItemBytes(record);
        if (itemBytes == 0)
        {
            throw Fault("an array is of no type that arrays can have");
        }

        _at += 2;
        var count = BinaryTexts.Length(_bytes, ref _at);
        if (count == 0 || count > (_bytes.Length - _at) / itemBytes)
        {
            throw Fault("an array has no items, or more than the body has bytes for");
        }

        _array = new BinaryArray(elementAt, record, count);
    }

    private void ReadArrayElement()
    {
        var record = _at < _bytes.Length ? _bytes[_at++] : default;
        if (record is < BinaryRecord.FirstElement or > BinaryRecord.LastElement)
        {
            throw Fault("an array begins with no element");
        }

        ReadElement(record);
    }

    /// <summary>Steps from the start of an item to its value, or from its end to the start of the next.</summary>
    private void ReadArrayItem()
    {
        _start = _at;
        if (Token is XmlToken.StartElement)
        {
            _text = BinaryTexts.Read(_bytes, ref _at, _array.Record);
            _array.Left--;
            _endsElement = true;
            Token = XmlToken.Text;
            return;
        }

        // The same element begins once more. Its attributes, of any length, are not read again for an item of one byte.
        Token = XmlToken.StartElement;
    }

    /// <summary>Reads the element again where it stands once; the values go on where they are.</summary>
    private void ReadArrayElementAgain()
    {
        var valuesAt = _at;
        _at = _array.ElementAt;
        ReadArrayElement();
        _at = valuesAt;
    }

    private readonly DecodeException Fault(string reason) => new(_start, reason);
}
