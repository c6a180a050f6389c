using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Registration;

/// <summary>What an environment has that concerns a request.</summary>
/// <param name="Own">The endpoint that was created for the profile.</param>
/// <param name="Shared">Otherwise one of another that posts to the same place in the same form.</param>
/// <param name="Steps">The steps of that endpoint, and those of the profile wherever they post.</param>
/// <param name="Images">The images of the profile's steps.</param>
internal sealed record RegisteredNow(
    EndpointAnswer? Own,
    EndpointAnswer? Shared,
    IReadOnlyList<StepAnswer> Steps,
    IReadOnlyList<ImageAnswer> Images)
{
    /// <summary>The endpoint in use.</summary>
    public EndpointAnswer? Endpoint => Own ?? Shared;

    /// <summary>The name that the profile gave a step, or <see langword="null"/> for a step of another.</summary>
    public static string? OwnNameOf(RegistrationRequest request, StepAnswer step)
    {
        var created = request.Created.FirstOrDefault(
            each => each.Kind is RegisteredKind.Step && each.ComponentId == step.Id);
        return created?.Name
            ?? (step.Name.StartsWith(RegistrationCodes.NameOf(request.ProfileId) + ":", StringComparison.Ordinal)
                ? step.Name
                : null);
    }

    /// <summary>Whether an endpoint posts where and how the request wants it.</summary>
    public static bool Fits(RegistrationRequest request, EndpointAnswer endpoint) =>
        endpoint.Contract == ContractOf(request)
        && endpoint.MessageFormat is RegistrationCodes.Json
        && endpoint.MessageCharset is RegistrationCodes.Utf8
        && string.Equals(endpoint.Path?.Trim('/'), request.Endpoint.Path, StringComparison.OrdinalIgnoreCase)
        && IsSamePlace(endpoint.NamespaceAddress, request.Endpoint.Namespace);

    /// <summary>The contract that the request's endpoint has.</summary>
    public static int ContractOf(RegistrationRequest request) =>
        request.Endpoint.IsTopic ? RegistrationCodes.Topic : RegistrationCodes.PersistentQueue;

    /// <summary>Reads it, by as few requests as there are tables of it.</summary>
    public static async Task<RegisteredNow> ReadAsync(
        RegistrationClient client, RegistrationRequest request, CancellationToken cancellationToken)
    {
        var name = RegistrationCodes.NameOf(request.ProfileId);
        var createdEndpoints = request.Created.Where(static each => each.Kind is RegisteredKind.Endpoint)
            .Select(static each => each.ComponentId)
            .ToHashSet();
        var endpoints = await client.ListAsync<EndpointAnswer>(
            EndpointAnswer.Select,
            string.Join(" or ", new[] { $"name eq '{name}'", $"path eq '{Quoted(request.Endpoint.Path)}'" }
                .Concat(createdEndpoints.Select(static id => $"serviceendpointid eq {id}"))),
            RegistrationTable.Endpoints,
            cancellationToken);
        var own = endpoints.Find(each => each.Name == name || createdEndpoints.Contains(each.Id));
        var shared = own is null ? endpoints.Find(each => Fits(request, each)) : null;
        var ofEndpoint = (own ?? shared) is { } endpoint ? $" or _eventhandler_value eq {endpoint.Id}" : "";
        var steps = await client.ListAsync<StepAnswer>(
            StepAnswer.Select, $"startswith(name,'{name}:'){ofEndpoint}", RegistrationTable.Steps, cancellationToken);
        var images = await client.ListAsync<ImageAnswer>(
            ImageAnswer.Select, $"name eq '{name}'", RegistrationTable.Images, cancellationToken);
        return new RegisteredNow(own, shared, steps, images);
    }

    private static string Quoted(string text) => MetadataRequests.Quoted(text);

    private static bool IsSamePlace(string? one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var first)
        && Uri.TryCreate(other, UriKind.Absolute, out var second)
        && string.Equals(first.Host, second.Host, StringComparison.OrdinalIgnoreCase)
        && first.Port == second.Port;
}
