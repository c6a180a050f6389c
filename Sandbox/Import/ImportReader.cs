using System.Xml;
using System.Xml.Linq;

namespace DataExport.Sandbox;

/// <summary>
/// Reads one XML file forward, never as a whole, and knows the line for faults. External entities and document types
/// are refused.
/// </summary>
internal sealed class ImportReader : IDisposable
{
    private const string NotXml = "Export it again; it is cut off or was edited.";

    private readonly string _file;
    private readonly XmlReader _reader;

    /// <exception cref="ImportException">There is no such file.</exception>
    public ImportReader(string file, string remedy)
    {
        _file = file;
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CloseInput = true,
        };
        try
        {
            _reader = XmlReader.Create(
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024), settings);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ImportException(file, 0, "The file cannot be opened.", remedy, missing);
        }
    }

    /// <summary>Name of the element without its prefix.</summary>
    public string Name => _reader.LocalName;

    public bool IsStart => _reader.NodeType is XmlNodeType.Element;

    public bool IsEnd => _reader.NodeType is XmlNodeType.EndElement;

    public bool IsText => _reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA
        or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace;

    /// <summary>Whether the element has neither content nor an end of its own.</summary>
    public bool IsEmpty => _reader.IsEmptyElement;

    public int Depth => _reader.Depth;

    public string Text => _reader.Value;

    /// <summary>Goes to the next node.</summary>
    /// <exception cref="ImportException">It is no XML from here on.</exception>
    public bool Read() => Guarded(_reader.Read);

    /// <summary>Reads the element that the reader stands on as a whole, and goes to the node behind it.</summary>
    /// <exception cref="ImportException">It is no XML from here on.</exception>
    public XElement ReadElement() => Guarded(() => (XElement)XNode.ReadFrom(_reader));

    /// <summary>Whether the file is read to its end.</summary>
    public bool IsAtEnd => _reader.EOF;

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException malformed)
        {
            throw new ImportException(_file, malformed.LineNumber, "This is no well-formed XML.", NotXml, malformed);
        }
        catch (IOException gone)
        {
            throw new ImportException(_file, Line, "The file cannot be read.", "Copy it to a local disk.", gone);
        }
    }

    public string? Attribute(string name) => _reader.GetAttribute(name);

    /// <exception cref="ImportException">It is missing or empty.</exception>
    public string Required(string name) => _reader.GetAttribute(name) is { Length: > 0 } value
        ? value
        : throw Fault($"<{Name}> has no {name}.", "Export the files again.");

    /// <exception cref="ImportException">It is missing or no GUID.</exception>
    public Guid RequiredId(string name) => Guid.TryParse(Required(name), out var id)
        ? id
        : throw Fault($"'{Attribute(name)}' is no id.", "Write it as a GUID.");

    /// <summary>A fault at this place.</summary>
    public ImportException Fault(string fault, string remedy) => new(_file, Line, fault, remedy);

    public void Dispose() => _reader.Dispose();

    private int Line => ((IXmlLineInfo)_reader).LineNumber;
}
