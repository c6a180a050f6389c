namespace Orleans.Core
{
    /// <summary>A named part of a grain's stored state.</summary>
    public interface IStorage
    {
        /// <summary>The version that was last read or written; null while nothing is stored.</summary>
        string? Etag { get; }

        bool RecordExists { get; }

        Task ClearStateAsync();

        Task WriteStateAsync();

        Task ReadStateAsync();

        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>A named part of a grain's stored state.</summary>
    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>
    /// A named part of a grain's stored state, read before <see cref="Grain.OnActivateAsync"/> and written on request.
    /// </summary>
    public interface IPersistentState<TState> : Orleans.Core.IStorage<TState>;

    /// <summary>Injects <see cref="IPersistentState{TState}"/> into a grain's constructor.</summary>
    /// <param name="stateName">Names this part among the parts of one grain.</param>
    /// <param name="storageName">The storage provider; the default one when null.</param>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        public string StateName { get; } = stateName ?? throw new ArgumentNullException(nameof(stateName));

        public string? StorageName { get; } = storageName;
    }
}
