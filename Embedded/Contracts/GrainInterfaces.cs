namespace Orleans
{
    /// <summary>Anything that can be called through a reference.</summary>
    public interface IAddressable;

    /// <summary>A grain: an identity with behaviour, brought up by its first call.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a string.</summary>
    public interface IGrainWithStringKey : IGrain;
}

namespace Orleans.Concurrency
{
    /// <summary>The marked method may run while another call of the same grain activation waits.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class AlwaysInterleaveAttribute : Attribute;
}

namespace Orleans.Runtime
{
    /// <summary>Why a grain activation goes away.</summary>
    public enum DeactivationReasonCode
    {
        None = 0,
        ShuttingDown = 1,
        ActivationFailed = 2,
        ApplicationRequested = 9,
        ActivationIdle = 10,
    }
}

namespace Orleans.Hosting
{
    /// <summary>Configures a silo.</summary>
    public interface ISiloBuilder
    {
        Microsoft.Extensions.DependencyInjection.IServiceCollection Services { get; }

        Microsoft.Extensions.Configuration.IConfiguration Configuration { get; }
    }
}
