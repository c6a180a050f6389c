using System.Text.Json;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Reads <c>InputParameters</c>, now that it is known what it means, and adds the changes to a notification.
/// </summary>
internal sealed class ChangeReader
{
    private readonly RecordReader _record = new();
    private ChangeCollector _changes;

    /// <summary>Reads the parameters, an array that <paramref name="reader"/> is about to enter.</summary>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ChangeCollector changes)
    {
        _changes = changes;
        var isEmpty = true;
        reader.Read();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                throw reader.Fault("an item of InputParameters is no object");
            }

            isEmpty = false;
            ReadParameter(ref reader, json);
        }

        if (isEmpty)
        {
            changes.AddWithoutParameters();
        }
        else
        {
            changes.AddForPrimaryRecord();
        }
    }

    private void ReadParameter(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var role = ParameterRole.Unknown;
        var early = default(Slice);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.Is("key"u8))
            {
                reader.Read();
                role = RoleOf(ref reader);
            }
            else if (reader.Is("value"u8))
            {
                reader.Read();
                if (role is not ParameterRole.Unknown)
                {
                    ReadValue(ref reader, json, role);
                    continue;
                }

                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                early = new Slice(start, (int)reader.BytesConsumed - start);
            }
            else
            {
                reader.Skip();
            }
        }

        if (!early.IsEmpty)
        {
            var again = new Utf8JsonReader(early.Of(json), reader.CurrentState.Options);
            again.Read();
            ReadValue(ref again, early.Of(json), role);
        }
    }

    private static ParameterRole RoleOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("the key of a parameter is no text");
        }

        return reader.Is("Target"u8) || reader.Is("EntityMoniker"u8) ? ParameterRole.Record
            : reader.Is("Targets"u8) ? ParameterRole.Records
            : reader.Is("SubordinateId"u8) ? ParameterRole.Subordinate
            : ParameterRole.Nothing;
    }

    private void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParameterRole role)
    {
        switch (role)
        {
            case ParameterRole.Record or ParameterRole.Records when !_changes.NamesRecords:
                reader.Skip();
                break;
            case ParameterRole.Record when reader.TokenType is JsonTokenType.StartObject:
                ReadRecord(ref reader, json, isMember: false);
                break;
            case ParameterRole.Records:
                ReadRecords(ref reader, json);
                break;
            case ParameterRole.Subordinate when _changes.NamesRecords && reader.TryGuid(out var id):
                // The record that a merge deactivates is of the same table as the one that it goes into.
                _changes.AddTouched(_changes.PrimaryTable, id, UncertainReason.OtherMessage);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>Reads an EntityCollection, or the bare array that a collection of references is.</summary>
    private void ReadRecords(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isEntities = reader.Is("Entities"u8);
                reader.Read();
                if (isEntities && reader.TokenType is JsonTokenType.StartArray)
                {
                    ReadMembers(ref reader, json);
                }

                reader.Skip();
            }
        }
        else if (reader.TokenType is JsonTokenType.StartArray)
        {
            ReadMembers(ref reader, json);
        }
    }

    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                ReadRecord(ref reader, json, isMember: true);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, bool isMember)
    {
        _record.Read(ref reader, json, _changes.Tables, _changes.PrimaryTable);
        switch (_changes.Kind)
        {
            case MessageKind.Create or MessageKind.CreateMultiple when _record.HasAttributes:
                AddUpsert(ref reader, ChangeKind.Create, isMember);
                break;
            case MessageKind.Update or MessageKind.UpdateMultiple when _record.HasAttributes:
                AddUpsert(ref reader, ChangeKind.Update, isMember);
                break;
            case MessageKind.Create or MessageKind.Update:
                break;
            case MessageKind.Delete:
                _changes.AddDelete(_record.Table, IdOf(isMember));
                break;
            default:
                _changes.AddTouched(_record.Table, IdOf(isMember), UncertainReason.OtherMessage);
                break;
        }
    }

    /// <summary>The record's own id; of the single target also the one that the envelope tells.</summary>
    private Guid IdOf(bool isMember) =>
        _record.Id != Guid.Empty || isMember ? _record.Id : _changes.PrimaryEntityId;

    private void AddUpsert(ref Utf8JsonReader reader, ChangeKind kind, bool isMember)
    {
        var id = IdOf(isMember);
        if (_record.Table is null)
        {
            return;
        }

        if (id == Guid.Empty)
        {
            throw reader.Fault("the record has no id");
        }

        if (_record.IsDecodable)
        {
            _changes.AddUpsert(_record, kind, id);
        }
        else
        {
            _changes.AddTouched(_record.Table, id, UncertainReason.Undecodable);
        }
    }

    /// <summary>What a parameter says of the records that the message is about.</summary>
    private enum ParameterRole
    {
        Unknown,
        Nothing,
        Record,
        Records,
        Subordinate,
    }
}
