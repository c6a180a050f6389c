using System.Collections.Immutable;

namespace DataExport.Sandbox;

/// <summary>The messages that steps can be registered for, and for which tables.</summary>
internal static class SdkMessages
{
    // Dataverse's own, the same in every environment; Restore's is made up.
    private static readonly Dictionary<MessageKind, Guid> Ids = new()
    {
        [MessageKind.Create] = new("9ebdbb1b-ea3e-db11-86a7-000a3a5473e8"),
        [MessageKind.Update] = new("20bebb1b-ea3e-db11-86a7-000a3a5473e8"),
        [MessageKind.Delete] = new("a1bdbb1b-ea3e-db11-86a7-000a3a5473e8"),
        [MessageKind.Restore] = new("5a9dbb1b-ea3e-db11-86a7-000a3a5473e8"),
        [MessageKind.Associate] = new("16e7c888-3b24-448b-b7da-ebfe9b681762"),
        [MessageKind.Disassociate] = new("bdfc191d-fc56-493a-a6b1-cb0c47a22ecc"),
    };

    public static Guid IdOf(MessageKind kind) => Ids[kind];

    /// <summary>The message of an id, or <see langword="null"/>.</summary>
    public static MessageKind? KindOf(Guid? id)
    {
        foreach (var (kind, known) in Ids)
        {
            if (known == id)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Whether a step of that message is registered for a table, or for all.</summary>
    public static bool IsFor(Component step, SandboxTable table, MessageKind kind) =>
        step.Reference("_sdkmessagefilterid_value") is not { } filter || filter == FilterIdOf(table, kind);

    /// <summary>Tells of all messages, and of the filters that name a table.</summary>
    public static void Fill(
        IReadOnlyList<SandboxTable> tables, Action<ComponentTable, Guid, ImmutableDictionary<string, object>> put)
    {
        var none = ImmutableDictionary.Create<string, object>();
        foreach (var (kind, id) in Ids)
        {
            put(ComponentTables.Messages, id, none.Add("name", kind.ToString()));
        }

        foreach (var table in tables.Where(static table => !table.HasSets))
        {
            for (var kind = MessageKind.Create; kind <= MessageKind.Restore; kind++)
            {
                put(ComponentTables.Filters, FilterIdOf(table, kind), none
                    .Add("primaryobjecttypecode", table.Name)
                    .Add("iscustomprocessingstepallowed", true)
                    .Add("_sdkmessageid_value", IdOf(kind)));
            }
        }
    }

    private static Guid FilterIdOf(SandboxTable table, MessageKind kind) =>
        DrawnId.Of(Mixer.Mix(Mixer.Mix((ulong)kind, "filter"), table.Name));
}
