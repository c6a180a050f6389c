namespace DataExport.Grains.Profiles;

// What is left of a registration when the profile stops.
internal sealed partial class ExportProfileGrain
{
    /// <summary>Removes what was registered as far as the source lets it; what is left is no reason to stay.</summary>
    private async Task<string?> UnregisterAsync(ExportProfile profile)
    {
        try
        {
            var left = await activation.UnregisterAsync(profile, state.State.Tables);
            if (left is not null)
            {
                LogLeft(Id, left);
            }

            return left;
        }
        catch (Exception exception)
        {
            LogNotUnregistered(exception, Id);
            return $"What was registered could not be removed: {exception.Message} Deactivate again to try again.";
        }
    }

    private async Task RetryUnregisteringAsync(ExportProfile profile)
    {
        var left = await UnregisterAsync(profile);
        if (left != state.State.Message)
        {
            state.State.Message = left;
            await state.WriteStateAsync();
        }
    }
}
