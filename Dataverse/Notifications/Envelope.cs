using System.Text;
using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>What the top level of a notification says of its parameters, in whichever format it came.</summary>
internal struct Envelope(TableCatalog tables, DecodedNotification result)
{
    public MessageKind Kind { get; private set; }

    /// <summary>The table of <c>PrimaryEntityName</c>, if the catalog has it.</summary>
    public ColumnIndex? PrimaryTable { get; private set; }

    /// <summary>Takes the value of <c>MessageName</c>.</summary>
    public void SetMessageName(ReadOnlySpan<byte> name) => (Kind, result.MessageName) = MessageKinds.Of(name);

    /// <summary>Takes the value of <c>PrimaryEntityName</c>.</summary>
    public void SetPrimaryEntityName(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("none"u8))
        {
            (result.PrimaryEntityName, PrimaryTable) = ("none", null);
            return;
        }

        PrimaryTable = tables.TryFind(name, out var table) ? table : null;
        result.PrimaryEntityName = PrimaryTable?.Table.Name ?? Encoding.UTF8.GetString(name);
        if (tables.TakesAnyTable && result.PrimaryEntityName.Length > 0)
        {
            PrimaryTable = ColumnInference.Describe(result.PrimaryEntityName, []);
        }
    }
}
