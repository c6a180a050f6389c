using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>What a reader of XML stands on.</summary>
internal enum XmlToken
{
    None,
    StartElement,
    EndElement,
    Text,
    End,
}

/// <summary>
/// A forward-only walk over the elements and texts of a body, be it text or binary XML. An empty element has a start
/// and an end. Comments and processing instructions are passed over. A copy that was made at the start of an element
/// can walk through it once more when the walk itself is behind it.
/// </summary>
internal interface IXmlTokens
{
    /// <summary>What the walk stands on.</summary>
    XmlToken Token { get; }

    /// <summary>Where that begins, in bytes.</summary>
    long Position { get; }

    /// <summary>How many elements are open, the one whose start or end the walk stands on included.</summary>
    int Depth { get; }

    /// <summary>The name of the element, without its prefix. At its start only.</summary>
    ReadOnlySpan<byte> LocalName { get; }

    /// <summary>What the attribute <c>i:type</c> says of the element's value. At its start only.</summary>
    XmlValueType Type { get; }

    /// <summary>Whether the attribute <c>i:nil</c> says that there is no value. At an element's start only.</summary>
    bool IsNil { get; }

    /// <summary>The text. May lie in a buffer that the next call fills again.</summary>
    XmlScalar Text { get; }

    /// <summary>Buffers of the walk.</summary>
    XmlBuffers Buffers { get; }

    /// <summary>Steps on; false at the end of the body.</summary>
    /// <exception cref="DecodeException">The body is no XML, or it has what is not accepted.</exception>
    bool Read();

    /// <summary>
    /// Makes a copy ready to walk through the element at whose start it was made: buffers are shared, and hold by now
    /// what came behind the element.
    /// </summary>
    void Resume();

    /// <summary>
    /// The text of the last element of that name in the body, found without reading it: a guess that is empty when the
    /// element is written in another way than usual.
    /// </summary>
    ReadOnlySpan<byte> GuessLast(ReadOnlySpan<byte> elementName);
}
