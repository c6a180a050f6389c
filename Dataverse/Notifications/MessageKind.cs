using System.Text;

namespace DataExport.Dataverse.Notifications;

/// <summary>The requests that are told apart. All others say no more than which records they touched.</summary>
internal enum MessageKind
{
    Other,
    Create,
    Update,
    Delete,
    CreateMultiple,
    UpdateMultiple,
    DeleteMultiple,
    Associate,
    Disassociate,
}

/// <summary>Names of requests, without a new string for those that come by the thousand.</summary>
internal static class MessageKinds
{
    private static readonly (MessageKind Kind, string Name, byte[] Utf8)[] All =
    [
        .. Enum.GetValues<MessageKind>().Select(
            kind => (kind, kind.ToString(), Encoding.UTF8.GetBytes(kind.ToString()))),
    ];

    /// <summary>The kind that a name stands for, and the name.</summary>
    public static (MessageKind Kind, string Name) Of(ReadOnlySpan<byte> utf8Name)
    {
        for (var index = 1; index < All.Length; index++)
        {
            if (utf8Name.SequenceEqual(All[index].Utf8))
            {
                return (All[index].Kind, All[index].Name);
            }
        }

        return (MessageKind.Other, Encoding.UTF8.GetString(utf8Name));
    }
}
