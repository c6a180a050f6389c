namespace DataExport.Grains.Ports;

/// <summary>Is told when a profile was created, entered another status, or was deleted. Thread-safe.</summary>
public interface IProfileChanges
{
    /// <summary>Returns at once and never fails: the profile waits for nobody who only wants to know.</summary>
    void Tell(string profileId);
}

/// <summary>For hosts in which nobody wants to know.</summary>
internal sealed class UnheardProfileChanges : IProfileChanges
{
    public void Tell(string profileId)
    {
    }
}
