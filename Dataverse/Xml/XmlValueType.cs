namespace DataExport.Dataverse.Xml;

/// <summary>What <c>i:type</c> says that a value is.</summary>
internal enum XmlValueType
{
    /// <summary>There is no type.</summary>
    None,

    /// <summary>A type that no column holds, or a prefix that stands for nothing.</summary>
    Unknown,
    Text,
    Guid,
    Date,
    Boolean,
    Number,
    Option,
    Options,
    Money,
    Reference,
    Entity,
}

/// <summary>Types by their local names: prefixes and versions of the namespaces vary.</summary>
internal static class XmlValueTypes
{
    public static XmlValueType Of(ReadOnlySpan<byte> localName)
    {
        foreach (var (type, name) in All)
        {
            if (localName.SequenceEqual(name))
            {
                return type;
            }
        }

        return XmlValueType.Unknown;
    }

    /// <summary>In the order of how often they come.</summary>
    private static readonly (XmlValueType Type, byte[] Name)[] All =
    [
        (XmlValueType.Text, "string"u8.ToArray()),
        (XmlValueType.Option, "OptionSetValue"u8.ToArray()),
        (XmlValueType.Boolean, "boolean"u8.ToArray()),
        (XmlValueType.Reference, "EntityReference"u8.ToArray()),
        (XmlValueType.Date, "dateTime"u8.ToArray()),
        (XmlValueType.Guid, "guid"u8.ToArray()),
        (XmlValueType.Number, "int"u8.ToArray()),
        (XmlValueType.Money, "Money"u8.ToArray()),
        (XmlValueType.Number, "decimal"u8.ToArray()),
        (XmlValueType.Number, "double"u8.ToArray()),
        (XmlValueType.Number, "long"u8.ToArray()),
        (XmlValueType.Options, "OptionSetValueCollection"u8.ToArray()),
        (XmlValueType.Entity, "Entity"u8.ToArray()),
        (XmlValueType.Number, "float"u8.ToArray()),
        (XmlValueType.Number, "short"u8.ToArray()),
        (XmlValueType.Number, "unsignedByte"u8.ToArray()),
        (XmlValueType.Number, "unsignedShort"u8.ToArray()),
        (XmlValueType.Number, "unsignedInt"u8.ToArray()),
        (XmlValueType.Number, "unsignedLong"u8.ToArray()),
        (XmlValueType.Number, "byte"u8.ToArray()),
    ];
}
