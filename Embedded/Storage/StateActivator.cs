using System.Runtime.CompilerServices;

namespace Orleans.Storage;

/// <summary>Makes the state of a grain for which nothing is stored.</summary>
internal static class StateActivator<TState>
{
    private static readonly bool s_hasConstructor =
        typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null;

    public static TState Create()
    {
        if (s_hasConstructor)
        {
            return Activator.CreateInstance<TState>();
        }

        var isPlain = typeof(TState) != typeof(string) && !typeof(TState).IsArray && !typeof(TState).IsAbstract;
        return isPlain ? (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState)) : default!;
    }
}
