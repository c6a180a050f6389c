using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Registration;

/// <summary>The bodies of creations and changes. Pure.</summary>
internal static class RegistrationRows
{
    private const int SolutionNamespaceLengthMax = 160;

    /// <summary>A service endpoint.</summary>
    public static Dictionary<string, object?> Endpoint(RegistrationRequest request)
    {
        var address = request.Endpoint;
        var host = new Uri(address.Namespace).Host;
        return new Dictionary<string, object?>
        {
            ["name"] = RegistrationCodes.NameOf(request.ProfileId),
            ["description"] = Description(request),
            ["contract"] = RegisteredNow.ContractOf(request),
            ["messageformat"] = RegistrationCodes.Json,
            ["messagecharset"] = RegistrationCodes.Utf8,
            ["authtype"] = RegistrationCodes.SasKey,
            ["namespaceformat"] = RegistrationCodes.ByAddress,
            ["namespaceaddress"] = address.Namespace,
            ["solutionnamespace"] = host[..Math.Min(host.Length, SolutionNamespaceLengthMax)],
            ["path"] = address.Path,
            ["saskeyname"] = address.KeyName,
            ["saskey"] = address.Key,
            ["userclaim"] = RegistrationCodes.UserIdClaim,
            ["connectionmode"] = RegistrationCodes.NormalConnection,
        };
    }

    /// <summary>A step, enabled.</summary>
    public static Dictionary<string, object?> Step(RegistrationRequest request, WantedStep step, Guid endpointId)
    {
        var row = new Dictionary<string, object?>
        {
            ["name"] = step.Name,
            ["description"] = Description(request),
            ["stage"] = RegistrationCodes.PostOperation,
            ["mode"] = RegistrationCodes.Asynchronous,
            ["rank"] = 1,
            ["supporteddeployment"] = RegistrationCodes.ServerOnly,
            ["asyncautodelete"] = true,
            ["eventhandler_serviceendpoint@odata.bind"] = $"/serviceendpoints({endpointId})",
            ["sdkmessageid@odata.bind"] = $"/sdkmessages({step.MessageId})",
        };
        if (step.FilterId is { } filter)
        {
            row["sdkmessagefilterid@odata.bind"] = $"/sdkmessagefilters({filter})";
        }

        if (step.Message == RegistrationCodes.Update)
        {
            row["filteringattributes"] = step.FilteringColumns;
        }

        return row;
    }

    /// <summary>What a change of a step sends beside its columns: that it is enabled.</summary>
    public static Dictionary<string, object?> Enabled(Dictionary<string, object?> step)
    {
        step["statecode"] = RegistrationCodes.Enabled;
        step["statuscode"] = RegistrationCodes.EnabledStatus;
        return step;
    }

    /// <summary>The image of a step.</summary>
    public static Dictionary<string, object?> Image(RegistrationRequest request, WantedStep step, Guid stepId) => new()
    {
        ["name"] = RegistrationCodes.NameOf(request.ProfileId),
        ["entityalias"] = RegistrationCodes.ImageAlias,
        ["imagetype"] = RegistrationCodes.PostImage,
        ["messagepropertyname"] = RegistrationCodes.ImageProperty(step.Message),
        ["attributes"] = step.ImageColumns,
        ["sdkmessageprocessingstepid@odata.bind"] = $"/sdkmessageprocessingsteps({stepId})",
    };

    private static string Description(RegistrationRequest request) =>
        $"Made for the export profile '{request.ProfileName}', and removed when that is deactivated.";
}
