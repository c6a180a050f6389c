using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;

namespace DataExport.Silo.Tests.Api;

/// <summary>Profiles in memory, in place of the grains. What a call is to answer can be set.</summary>
public sealed class FakeGrains : IProfileDirectoryGrain
{
    private readonly ConcurrentDictionary<string, FakeProfile> _profiles = new();

    /// <summary>Thrown by activation when set.</summary>
    public Exception? ActivationFault { get; set; }

    /// <summary>What every active profile reports.</summary>
    public ProfileReport Report { get; set; } = new() { Status = ProfileStatus.InitialSync };

    /// <summary>What every profile would do.</summary>
    public ProfilePlan Plan { get; set; } = new();

    /// <summary>A profile that never says how it does.</summary>
    public string? Stuck { get; set; }

    /// <summary>How often one sync was asked for.</summary>
    public int Syncs { get; set; }

    /// <summary>Grains that were ever called for; asking for nonsense must make none.</summary>
    public int ProfileGrains => _profiles.Count;

    /// <summary>A factory that gives out these profiles and this directory.</summary>
    public IGrainFactory ToFactory()
    {
        var factory = DispatchProxy.Create<IGrainFactory, FactoryProxy>();
        ((FactoryProxy)(object)factory).Grains = this;
        return factory;
    }

    public ExportProfile Saved(string id) => _profiles[id].Profile!;

    public Task AddAsync(string profileId, string name) => Task.CompletedTask;

    public Task RemoveAsync(string profileId) => Task.CompletedTask;

    public Task<ImmutableArray<string>> GetProfilesAsync() => Task.FromResult(
        _profiles.Where(profile => profile.Value.Profile is not null)
            .OrderBy(profile => profile.Value.Profile!.CreationTime)
            .Select(profile => profile.Key)
            .ToImmutableArray());

    private bool IsTaken(string name) => _profiles.Values.Any(profile => profile.Profile?.Name == name);

    /// <summary>What reconciles of all profiles report; the request that began it stands in it.</summary>
    public ReconcileReport? Reconcile { get; set; }

    private object GetGrain(Type grain, string key) => grain == typeof(IProfileDirectoryGrain)
        ? this
        : grain == typeof(IReconcileGrain) ? new FakeReconcile(this)
        : _profiles.GetOrAdd(key, _ => new FakeProfile(this));

    /// <summary>Answers the one overload that the API calls; Orleans' interface has many more.</summary>
    // Public and open, since the proxy is a class made of it at run time.
    public class FactoryProxy : DispatchProxy
    {
        internal FakeGrains Grains { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod is { IsGenericMethod: true } && args is [string key, ..]
                ? Grains.GetGrain(targetMethod.GetGenericArguments()[0], key)
                : throw new NotSupportedException($"{targetMethod?.Name} is not faked.");
    }

    private sealed class FakeReconcile(FakeGrains grains) : IReconcileGrain
    {
        public Task<ReconcileReport> StartAsync(ReconcileRequest request)
        {
            grains.Reconcile = new ReconcileReport
            {
                Phase = ReconcilePhase.Walking,
                Request = request,
                Tables = [new TableReconcileReport { Table = "account", Missing = 2, Drifts = [Drift] }],
            };
            return Task.FromResult(grains.Reconcile);
        }

        public Task<ReconcileReport?> GetReportAsync() => Task.FromResult(grains.Reconcile);

        public Task StopAsync()
        {
            grains.Reconcile = grains.Reconcile! with { Phase = ReconcilePhase.Stopped };
            return Task.CompletedTask;
        }

        private static RowDrift Drift { get; } = new(Guid.NewGuid(), DriftKind.Missing, ["a"]);
    }

    private sealed class FakeProfile(FakeGrains grains) : IExportProfileGrain
    {
        private ProfileStatus _inactive = ProfileStatus.Created;
        private bool _isActive;

        public ExportProfile? Profile { get; private set; }

        public Task<ExportProfile> CreateAsync(ExportProfile profile)
        {
            if (grains.IsTaken(profile.Name))
            {
                throw new ProfileException($"A profile named '{profile.Name}' exists already. Choose another name.");
            }

            Profile = profile;
            return Task.FromResult(profile);
        }

        public Task<ExportProfile?> GetAsync() => Task.FromResult(Profile);

        public Task<ExportProfile> ActivateAsync()
        {
            _isActive = grains.ActivationFault is null ? true : throw grains.ActivationFault;
            return Task.FromResult(Profile!);
        }

        public Task<ExportProfile> DeactivateAsync()
        {
            (_isActive, _inactive) = (false, ProfileStatus.Deactivated);
            return Task.FromResult(Profile!);
        }

        public Task DeleteAsync()
        {
            Profile = null;
            return Task.CompletedTask;
        }

        public Task<ProfileReport> GetReportAsync() => grains.Stuck is { } stuck && stuck == Profile?.Id
            ? new TaskCompletionSource<ProfileReport>().Task
            : Task.FromResult(_isActive ? grains.Report : new ProfileReport { Status = _inactive });

        public Task<ProfilePlan> PlanAsync() => Task.FromResult(grains.Plan with { Profile = Profile!.Name });

        public Task ResumeAsync() => Task.CompletedTask;

        public Task LeaveOrganizationAsync(Guid found) => throw new NotSupportedException();

        public Task LeaveLaterStateAsync(string evidence) => throw new NotSupportedException();

        public Task ChangeTablesAsync(ImmutableArray<TableDefinition> tables) => Task.CompletedTask;

        public Task SyncNowAsync(CancellationToken cancellationToken)
        {
            grains.Syncs++;
            return Task.CompletedTask;
        }

        public Task<ProfileRoute?> GetRouteAsync() => Task.FromResult<ProfileRoute?>(null);
    }
}
