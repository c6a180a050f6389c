namespace Orleans.Runtime
{
    /// <summary>A fault of the grain runtime, as opposed to one of a grain.</summary>
    public class OrleansException : Exception
    {
        public OrleansException()
            : base("Unexpected error.")
        {
        }

        public OrleansException(string message)
            : base(message)
        {
        }

        public OrleansException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>The runtime did not hand the call to its grain.</summary>
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message)
            : base(message)
        {
        }
    }

    /// <summary>The silo is stopping or has stopped.</summary>
    public sealed class SiloUnavailableException : OrleansMessageRejectionException
    {
        public SiloUnavailableException()
            : this("SiloUnavailable")
        {
        }

        public SiloUnavailableException(string message)
            : base(message)
        {
        }
    }

    /// <summary>The silo's configuration cannot work.</summary>
    public sealed class OrleansConfigurationException : Exception
    {
        public OrleansConfigurationException(string message)
            : base(message)
        {
        }

        public OrleansConfigurationException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Storage
{
    using Orleans.Runtime;

    /// <summary>A grain names a storage provider that was not added to the silo.</summary>
    public sealed class BadProviderConfigException : OrleansException
    {
        public BadProviderConfigException(string message)
            : base(message)
        {
        }

        public BadProviderConfigException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>The stored state is not the one that was read: somebody else wrote in between.</summary>
    /// <remarks>
    /// A grain call that ends with it also ends the grain activation, so that the next one reads afresh.
    /// </remarks>
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException()
        {
        }

        public InconsistentStateException(string message)
            : base(message)
        {
        }

        public InconsistentStateException(string message, Exception? innerException)
            : base(message, innerException!)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : this(errorMsg, storedEtag, currentEtag, storageException: null)
        {
        }

        public InconsistentStateException(
            string errorMsg,
            string? storedEtag,
            string? currentEtag,
            Exception? storageException)
            : base(errorMsg, storageException!)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
            : this(storageException.Message, storedEtag, currentEtag, storageException)
        {
        }

        /// <summary>Whether the exception has not yet ended the activation it comes from.</summary>
        internal bool IsSourceActivation { get; set; } = true;

        public string? StoredEtag { get; }

        public string? CurrentEtag { get; }
    }
}
