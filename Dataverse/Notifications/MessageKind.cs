using System.Text;
using System.Text.Json;
using DataExport.Dataverse.Json;

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

    /// <summary>The kind and name of the string the reader stands on.</summary>
    public static (MessageKind Kind, string Name) Read(ref Utf8JsonReader reader)
    {
        for (var index = 1; index < All.Length; index++)
        {
            if (reader.Is(All[index].Utf8))
            {
                return (All[index].Kind, All[index].Name);
            }
        }

        return (MessageKind.Other, reader.ShortString());
    }
}
