namespace DataExport.Run.Live;

/// <summary>Shows a run's progress.</summary>
internal interface IProgressView
{
    /// <summary>Runs <paramref name="work"/>, which calls back with each new progress.</summary>
    Task ShowAsync(Func<Action<Progress>, Task> work);
}
