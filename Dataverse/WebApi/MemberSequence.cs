using System.Runtime.InteropServices;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Finds the members of rows by the order in which the row before had them: all rows of a page have the same order, and
/// comparing a name with the expected one is cheaper than looking it up. For one page.
/// </summary>
internal sealed class MemberSequence(RowShape shape)
{
    private readonly List<(byte[] Name, RowMember Member)> _expected = [];
    private int _next;

    /// <summary>A row begins.</summary>
    public void Begin() => _next = 0;

    /// <summary>What the next member is, by its plain name.</summary>
    public RowMember Find(ReadOnlySpan<byte> name)
    {
        var expected = CollectionsMarshal.AsSpan(_expected);

        // A null lookup comes without its annotation, so a few members may be passed over.
        var last = Math.Min(expected.Length, _next + 3);
        for (var place = _next; place < last; place++)
        {
            if (name.SequenceEqual(expected[place].Name))
            {
                _next = place + 1;
                return expected[place].Member;
            }
        }

        return Learn(name);
    }

    private RowMember Learn(ReadOnlySpan<byte> name)
    {
        var member = shape.Find(name);
        if (_expected.Count < shape.MembersMax)
        {
            _expected.Insert(_next++, (name.ToArray(), member));
        }

        return member;
    }
}
