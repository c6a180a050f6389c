namespace DataExport.Silo.Api;

/// <summary>Finds profiles by what a caller gives as an id.</summary>
internal static class ProfileLookup
{
    /// <summary>The grain of a profile that exists.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public static async Task<IExportProfileGrain> FindProfileAsync(this IGrainFactory grains, string id)
    {
        // Whatever is no id has no grain: asking would make one for every text a caller thinks of.
        if (Guid.TryParse(id, out var guid))
        {
            var grain = grains.GetGrain<IExportProfileGrain>(guid.ToString("N"));
            if (await grain.GetAsync() is not null)
            {
                return grain;
            }
        }

        throw new ApiException(
            StatusCodes.Status404NotFound, "There is no profile with this id. GET profiles lists them.");
    }
}
