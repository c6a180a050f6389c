using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes what <see cref="PersistentStateAttribute"/> asks for.</summary>
internal static class PersistentStateFactory
{
    private static readonly MethodInfo s_create =
        typeof(PersistentStateFactory).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <exception cref="BadProviderConfigException">The silo has no storage of that name.</exception>
    public static Func<Activation, object?> CreateSource(Silo silo, Type parameter, PersistentStateAttribute state)
    {
        if (!parameter.IsConstructedGenericType || parameter.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException(
                $"[PersistentState(\"{state.StateName}\")] stands on a parameter of type {parameter}, "
                + $"where {typeof(IPersistentState<>)} is needed.");
        }

        var create = s_create.MakeGenericMethod(parameter.GetGenericArguments())
            .CreateDelegate<Func<Activation, IGrainStorage, string, object>>();
        var storage = GetStorage(silo, state);
        return activation => create(activation, storage, state.StateName);
    }

    private static PersistentState<TState> Create<TState>(
        Activation activation, IGrainStorage storage, string stateName)
    {
        var state = new PersistentState<TState>(activation, storage, stateName);
        activation.AddState(state);
        return state;
    }

    private static IGrainStorage GetStorage(Silo silo, PersistentStateAttribute state)
    {
        var storage = string.IsNullOrWhiteSpace(state.StorageName)
            ? silo.Services.GetService<IGrainStorage>()
            : silo.Services.GetKeyedService<IGrainStorage>(state.StorageName);
        return storage ?? throw new BadProviderConfigException(string.IsNullOrWhiteSpace(state.StorageName)
            ? "No default storage provider found: add one with AddMemoryGrainStorageAsDefault or the like."
            : $"No storage provider named \"{state.StorageName}\" found.");
    }
}
