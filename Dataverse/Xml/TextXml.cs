using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// Walks over XML in UTF-8: version 1.0 with namespaces, without document types, and so without entities of its own and
/// without anything outside of the body. What is not well-formed is a fault.
/// </summary>
internal ref struct TextXml : IXmlTokens
{
    private readonly ReadOnlySpan<byte> _xml;
    private readonly int _depthMax;
    private XmlElement _element;
    private XmlSlice _text;
    private bool _isEscaped;
    private bool _isEmptyElement;
    private bool _hasRoot;
    private int _at;
    private int _start;

    public TextXml(ReadOnlySpan<byte> xml, XmlBuffers buffers, int depthMax)
    {
        buffers.Begin(depthMax);
        _xml = xml;
        Buffers = buffers;
        _depthMax = depthMax;
        _at = TextXmlSyntax.EndOfDeclaration(xml);
    }

    public XmlToken Token { get; private set; }

    public readonly long Position => _start;

    public int Depth { get; private set; }

    public readonly ReadOnlySpan<byte> LocalName => _element.Name.Of(_xml);

    public readonly XmlValueType Type => _element.ValueType(_xml, Buffers);

    public readonly bool IsNil => _element.IsNil(_xml, Buffers);

    public XmlBuffers Buffers { get; }

    public readonly XmlScalar Text => _text.IsEmpty ? default
        : new XmlScalar(
            XmlScalarKind.Utf8, _isEscaped ? TextXmlSyntax.Unescape(_text.Of(_xml), Buffers) : _text.Of(_xml));

    public bool Read()
    {
        if (Token is XmlToken.EndElement)
        {
            _element.Leave(Buffers, Depth--);
        }

        if (_isEmptyElement)
        {
            _isEmptyElement = false;
            Token = XmlToken.EndElement;
            return true;
        }

        do
        {
            _start = _at;
            Token = XmlToken.None;
            if (_at == _xml.Length)
            {
                return ReadEnd();
            }

            if (_xml[_at] == '<')
            {
                ReadMarkup();
            }
            else
            {
                ReadText();
            }
        }
        while (Token is XmlToken.None);
        return true;
    }

    public void Resume()
    {
        _element.Leave(Buffers, Depth--);
        _at = _start;
        ReadStartTag();
    }

    public readonly ReadOnlySpan<byte> GuessLast(ReadOnlySpan<byte> elementName)
    {
        var rest = _xml;
        for (var at = rest.LastIndexOf(elementName); at > 0; at = rest.LastIndexOf(elementName))
        {
            // The end tag comes first when looking backwards, then what stands before it.
            if (rest[at - 1] == '<' && at + elementName.Length < _xml.Length && _xml[at + elementName.Length] == '>')
            {
                var text = _xml[(at + elementName.Length + 1)..];
                return text[..Math.Max(0, text.IndexOf((byte)'<'))];
            }

            rest = rest[..at];
        }

        return default;
    }

    private bool ReadEnd()
    {
        if (Depth > 0 || !_hasRoot)
        {
            throw Fault(_at, Depth > 0 ? "the body ends inside of an element" : "the body has no element");
        }

        Token = XmlToken.End;
        return false;
    }

    private void ReadMarkup()
    {
        switch (_at + 1 < _xml.Length ? _xml[_at + 1] : default)
        {
            case (byte)'/':
                ReadEndTag();
                break;
            case (byte)'?':
                _at = TextXmlSyntax.EndOfInstruction(_xml, _at);
                break;
            case (byte)'!' when _xml[_at..].StartsWith("<!--"u8):
                _at = TextXmlSyntax.EndOfComment(_xml, _at);
                break;
            case (byte)'!' when Depth > 0 && _xml[_at..].StartsWith("<![CDATA["u8):
                ReadCharacterData();
                break;
            case (byte)'!':
                throw Fault(_at, "a document type or other declaration is not accepted");
            default:
                ReadStartTag();
                break;
        }
    }

    private void ReadText()
    {
        if (Depth == 0)
        {
            _at += TextXmlSyntax.BlankAt(_xml, _at);
            if (_at < _xml.Length && _xml[_at] != '<')
            {
                throw Fault(_at, "a text stands outside of the element");
            }

            return;
        }

        _at = TextXmlSyntax.EndOfText(_xml, _at, out _isEscaped);
        _text = new XmlSlice(_start, _at - _start);
        Token = XmlToken.Text;
    }

    private void ReadCharacterData()
    {
        var start = _at + "<![CDATA["u8.Length;
        var end = TextXmlSyntax.EndOf(_xml, start, "]]>"u8, "a CDATA section has no end");
        _text = new XmlSlice(start, end - start);
        _isEscaped = false;
        _at = end + "]]>"u8.Length;
        Token = XmlToken.Text;
        if (_text.Of(_xml).Contains((byte)'\r'))
        {
            // Dataverse writes none. Two rules for one kind of text are one too many.
            throw Fault(start, "a CDATA section with carriage returns is not accepted");
        }
    }

    private void ReadEndTag()
    {
        var rest = _xml[(_at + 2)..];
        var name = Depth == 0 ? default : Buffers.Names[Depth].Of(_xml);
        if (name.IsEmpty || !rest.StartsWith(name))
        {
            throw Fault(_at, "an end tag does not belong to the open element");
        }

        var end = _at + 2 + name.Length;
        end += TextXmlSyntax.BlankAt(_xml, end);
        if (end >= _xml.Length || _xml[end] != '>')
        {
            throw Fault(_at, "an end tag does not belong to the open element");
        }

        _at = end + 1;
        Token = XmlToken.EndElement;
    }

    private void ReadStartTag()
    {
        if (Depth == 0 && _hasRoot)
        {
            throw Fault(_at, "a second element follows the first");
        }

        if (Depth == _depthMax)
        {
            throw Fault(_at, $"the elements are nested deeper than {_depthMax}");
        }

        _hasRoot = true;
        Depth++;
        var nameStart = _at + 1;
        _at = TextXmlSyntax.EndOfName(_xml, nameStart, out var prefix, out var name);
        Buffers.Names[Depth] = new XmlSlice(nameStart, _at - nameStart);
        _element.Begin(prefix, name);
        if (_at < _xml.Length && _xml[_at] is not ((byte)'>' or (byte)'/'))
        {
            _at = TextXmlSyntax.EndOfAttributes(_xml, _at, ref _element, Buffers);
        }

        _element.Resolve(_xml, Buffers, Depth, _start);
        _isEmptyElement = _at < _xml.Length && _xml[_at] == '/';
        _at += _isEmptyElement ? 1 : 0;
        if (_at >= _xml.Length || _xml[_at] != '>')
        {
            throw Fault(Math.Min(_at, _xml.Length), "a start tag has no end");
        }

        _at++;
        Token = XmlToken.StartElement;
    }

    private static DecodeException Fault(long position, string reason) => new(position, reason);
}
