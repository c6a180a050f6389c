using System.Buffers.Binary;

namespace DataExport.ServiceBus.Amqp;

internal ref partial struct AmqpReader
{
    /// <summary>Where a list, map or array ends, and how many elements it has (a map: keys and values).</summary>
    internal readonly record struct Compound(int End, int Count);

    public Compound ReadList()
    {
        var start = Position;
        return ReadCode() switch
        {
            AmqpCode.List0 => new Compound(Position, 0),
            AmqpCode.List8 => ReadBounds8(),
            AmqpCode.List32 => ReadBounds32(),
            var code => throw Unexpected(start, code, "list"),
        };
    }

    public Compound ReadMap()
    {
        var start = Position;
        var bounds = ReadCode() switch
        {
            AmqpCode.Map8 => ReadBounds8(),
            AmqpCode.Map32 => ReadBounds32(),
            var code => throw Unexpected(start, code, "map"),
        };
        return bounds.Count % 2 == 0 ? bounds : throw Fault("Map has a key without a value");
    }

    /// <summary>
    /// Elements of an array follow without constructors: it is <paramref name="elementCode"/> for all.
    /// </summary>
    public Compound ReadArray(out byte elementCode)
    {
        var start = Position;
        var code = ReadCode();
        var (end, count) = code switch
        {
            AmqpCode.Array8 => ReadBounds8(),
            AmqpCode.Array32 => ReadBounds32(),
            _ => throw Unexpected(start, code, "array"),
        };

        if (Position >= end)
        {
            throw Fault("Array has no constructor");
        }

        elementCode = ReadCode();
        return new Compound(end, count);
    }

    /// <summary>A reader of the list's fields alone; this reader goes on behind the list.</summary>
    public AmqpFields ReadFields()
    {
        var list = ReadList();
        var fields = new AmqpFields(new AmqpReader(_data[Position..list.End], _origin + Position), list.Count);
        Position = list.End;
        return fields;
    }

    /// <summary>Goes on behind <paramref name="compound"/>, whatever of it was read.</summary>
    public void Leave(Compound compound) => Position = compound.End;

    /// <summary>Passes over one value of any type. Compound values are passed by their size, not walked.</summary>
    public void Skip()
    {
        for (var depth = 0; ; depth++)
        {
            var code = ReadCode();
            if (code != AmqpCode.Described)
            {
                SkipBody(code);
                return;
            }

            if (depth > DepthMax)
            {
                throw Fault("Values are nested too deep");
            }

            SkipDescriptor();
        }
    }

    private void SkipDescriptor()
    {
        var code = ReadCode();
        if (code == AmqpCode.Described)
        {
            throw Fault("Descriptor is itself described");
        }

        SkipBody(code);
    }

    private void SkipBody(byte code)
    {
        // The high half of a constructor tells the width: part 1, section 1.2.
        switch (code >> 4)
        {
            case 0x4:
                break;
            case 0x5:
                Take(1);
                break;
            case 0x6:
                Take(2);
                break;
            case 0x7:
                Take(4);
                break;
            case 0x8:
                Take(8);
                break;
            case 0x9:
                Take(16);
                break;
            case 0xa or 0xc or 0xe:
                Take(TakeLength8());
                break;
            case 0xb or 0xd or 0xf:
                Take(TakeLength32());
                break;
            default:
                Position--;
                throw Fault("Unknown constructor");
        }
    }

    private Compound ReadBounds8()
    {
        var size = TakeLength8();
        var end = Position + size;
        if (size < 1 || end > _data.Length)
        {
            throw Fault("Compound value is cut off");
        }

        return CheckCount(end, Take(1)[0]);
    }

    private Compound ReadBounds32()
    {
        var size = TakeLength32();
        var end = Position + size;
        if (size < 4)
        {
            throw Fault("Compound value is cut off");
        }

        return CheckCount(end, BinaryPrimitives.ReadUInt32BigEndian(Take(4)));
    }

    private Compound CheckCount(int end, uint count)
    {
        if (count > _valuesLeft)
        {
            throw Fault("Compound value claims more elements than it can hold");
        }

        _valuesLeft -= (int)count;
        return new Compound(end, (int)count);
    }
}
