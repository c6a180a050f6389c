using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// The start of an element: its name, and what its attributes say. Namespaces are followed only as far as it takes to
/// know <c>i:type</c> and <c>i:nil</c> and to refuse a prefix that is not declared.
/// </summary>
internal struct XmlElement
{
    private XmlSlice _prefix;
    private XmlAttribute _type;
    private XmlAttribute _nil;
    private int _attributes;
    private int _prefixes;

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>The name without the prefix.</summary>
    public XmlSlice Name { get; private set; }

    /// <summary>Begins an element.</summary>
    public void Begin(XmlSlice prefix, XmlSlice name)
    {
        (_prefix, Name, _type, _nil) = (prefix, name, default, default);
        _attributes = 0;
    }

    /// <summary>Adds an attribute.</summary>
    public void Add(in XmlAttribute attribute, ReadOnlySpan<byte> body, XmlBuffers buffers, long position)
    {
        if (_attributes == buffers.Attributes.Length)
        {
            throw new DecodeException(position, $"an element has more than {_attributes} attributes");
        }

        var key = XmlPrefix.KeyOf(attribute.Name.Of(body)) ^ (attribute.IsDeclaration ? ulong.MaxValue : 0);
        var earlier = buffers.AttributeKeys.AsSpan(0, _attributes);
        for (var other = earlier.LastIndexOf(key); other >= 0; other = earlier[..other].LastIndexOf(key))
        {
            if (IsSame(attribute, buffers.Attributes[other], body))
            {
                throw new DecodeException(position, "an attribute comes twice");
            }
        }

        buffers.AttributeKeys[_attributes] = key;
        buffers.Attributes[_attributes++] = attribute;
    }

    /// <summary>Looks at the attributes when all are there: prefixes may be declared behind their use.</summary>
    public void Resolve(ReadOnlySpan<byte> body, XmlBuffers buffers, int depth, long position)
    {
        var attributes = buffers.Attributes.AsSpan(0, _attributes);
        if (attributes.Length > 0)
        {
            Declare(body, buffers, depth, position);
            foreach (var attribute in attributes)
            {
                ResolveAttribute(body, attribute, buffers, position);
            }
        }

        if (!_prefix.IsEmpty && Find(_prefix.Of(body), body, buffers) is null)
        {
            throw new DecodeException(position, "the prefix of an element is not declared");
        }
    }

    /// <summary>Forgets the prefixes that the element at that depth has declared.</summary>
    public void Leave(XmlBuffers buffers, int depth)
    {
        while (_prefixes > 0 && buffers.Prefixes[_prefixes - 1].Depth >= depth)
        {
            _prefixes--;
        }
    }

    /// <summary>What <c>i:type</c> says.</summary>
    public readonly XmlValueType ValueType(ReadOnlySpan<byte> body, XmlBuffers buffers)
    {
        if (_type.Name.IsEmpty)
        {
            return XmlValueType.None;
        }

        // No type that is known has so long a name, and every item of an array may be asked for its type.
        if (_type.Value.Length > XmlLimits.NameBytesMax)
        {
            return XmlValueType.Unknown;
        }

        var name = TextOf(_type, body, buffers).Trim(Blanks);
        var colon = name.IndexOf((byte)':');
        return colon >= 0 && Find(name[..colon], body, buffers) is null
            ? XmlValueType.Unknown
            : XmlValueTypes.Of(name[(colon + 1)..]);
    }

    /// <summary>What <c>i:nil</c> says.</summary>
    public readonly bool IsNil(ReadOnlySpan<byte> body, XmlBuffers buffers)
    {
        if (_nil.Name.IsEmpty)
        {
            return false;
        }

        var text = TextOf(_nil, body, buffers).Trim(Blanks);
        return _nil.Kind is XmlScalarKind.True or XmlScalarKind.One
            || text.SequenceEqual("true"u8)
            || text.SequenceEqual("1"u8);
    }

    /// <summary>Takes the declarations of prefixes out of the attributes.</summary>
    private void Declare(ReadOnlySpan<byte> body, XmlBuffers buffers, int depth, long position)
    {
        for (var index = 0; index < _attributes; index++)
        {
            var attribute = buffers.Attributes[index];
            if (attribute.IsDeclaration)
            {
                DeclarePrefix(attribute, body, buffers, new XmlPlace(depth, position));
            }
        }
    }

    private void DeclarePrefix(in XmlAttribute attribute, ReadOnlySpan<byte> body, XmlBuffers buffers, XmlPlace place)
    {
        if (attribute.Name.IsEmpty)
        {
            // The namespace of names without a prefix: those are known by their local names.
            return;
        }

        var prefix = attribute.Name.Of(body);
        var name = TextOf(attribute, body, buffers);
        if (name.IsEmpty || prefix.SequenceEqual("xml"u8) || prefix.SequenceEqual("xmlns"u8))
        {
            throw new DecodeException(place.Position, "a prefix cannot be declared so");
        }

        if (_prefixes == buffers.Prefixes.Length)
        {
            throw new DecodeException(place.Position, $"more than {_prefixes} prefixes are in scope");
        }

        buffers.PrefixKeys[_prefixes] = XmlPrefix.KeyOf(prefix);
        buffers.Prefixes[_prefixes++] = new XmlPrefix(
            attribute.Name, place.Depth, name.SequenceEqual("http://www.w3.org/2001/XMLSchema-instance"u8));
    }

    private void ResolveAttribute(
        ReadOnlySpan<byte> body, in XmlAttribute attribute, XmlBuffers buffers, long position)
    {
        if (attribute.Prefix.IsEmpty)
        {
            return;
        }

        if (Find(attribute.Prefix.Of(body), body, buffers) is not { } prefix)
        {
            throw new DecodeException(position, "the prefix of an attribute is not declared");
        }

        if (!prefix.IsSchemaInstance)
        {
            return;
        }

        var name = attribute.Name.Of(body);
        if (name.SequenceEqual("type"u8))
        {
            _type = Trim(attribute, body);
        }
        else if (name.SequenceEqual("nil"u8))
        {
            _nil = Trim(attribute, body);
        }
    }

    private readonly XmlPrefix? Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body, XmlBuffers buffers)
    {
        var key = XmlPrefix.KeyOf(name);
        var keys = buffers.PrefixKeys.AsSpan(0, _prefixes);
        for (var index = keys.LastIndexOf(key); index >= 0; index = keys.LastIndexOf(key))
        {
            var prefix = buffers.Prefixes[index];
            if (name.Length <= XmlPrefix.KeyLetters || name.SequenceEqual(prefix.Name.Of(body)))
            {
                return prefix;
            }

            keys = keys[..index];
        }

        return name.SequenceEqual("xml"u8) ? default(XmlPrefix) : null;
    }

    private static bool IsSame(in XmlAttribute one, in XmlAttribute other, ReadOnlySpan<byte> body) =>
        one.Name.Length == other.Name.Length
        && one.IsDeclaration == other.IsDeclaration
        && one.Prefix.Length == other.Prefix.Length
        && one.Name.Of(body).SequenceEqual(other.Name.Of(body))
        && one.Prefix.Of(body).SequenceEqual(other.Prefix.Of(body));

    /// <summary>
    /// The attribute without the blanks around its value: there may be megabytes of them, and they are not passed over
    /// for every item of an array.
    /// </summary>
    private static XmlAttribute Trim(in XmlAttribute attribute, ReadOnlySpan<byte> body)
    {
        if (attribute.Kind is not XmlScalarKind.Utf8
            || attribute.Value.Of(body) is not ([<= (byte)' ', ..] or [.., <= (byte)' ']))
        {
            return attribute;
        }

        var untilEnd = attribute.Value.Of(body).TrimEnd(Blanks);
        var text = untilEnd.TrimStart(Blanks);
        var start = attribute.Value.Start + untilEnd.Length - text.Length;
        return attribute with { Value = new XmlSlice(start, text.Length) };
    }

    private static ReadOnlySpan<byte> TextOf(in XmlAttribute attribute, ReadOnlySpan<byte> body, XmlBuffers buffers) =>
        attribute.Kind switch
        {
            XmlScalarKind.Utf8 => attribute.Value.Of(body),
            XmlScalarKind.EscapedUtf8 => TextXmlSyntax.Unescape(attribute.Value.Of(body), buffers),
            _ => default,
        };

    private readonly record struct XmlPlace(int Depth, long Position);
}
