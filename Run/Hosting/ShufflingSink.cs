using System.Runtime.InteropServices;
using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>
/// Holds messages until a window of them is full, then posts the window in random order. Some come twice, the second
/// time in a later window. Which ones and in which order, the seed decides.
/// </summary>
/// <remarks>
/// A queue alone cannot do this: a receiver that is as fast as the changes leaves it nothing to shuffle.
/// </remarks>
internal sealed class ShufflingSink(INotificationSink inner, ShuffleSettings settings) : INotificationSink
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(settings.Seed);
    private readonly List<Notification> _window = new(settings.Window);
    private readonly List<Notification> _later = [];

    public void Post(in Notification notification)
    {
        // Copied, since the body is the poster's again when this returns.
        var message = notification.Copy();
        lock (_gate)
        {
            _window.Add(message);
            if (_random.NextDouble() < settings.Duplicates)
            {
                _later.Add(message);
            }

            if (_window.Count >= settings.Window)
            {
                Release();
            }
        }
    }

    /// <summary>Posts what is held, full window or not.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            Release();
            Release();
        }
    }

    private void Release()
    {
        _random.Shuffle(CollectionsMarshal.AsSpan(_window));
        foreach (var message in _window)
        {
            inner.Post(message);
        }

        _window.Clear();
        _window.AddRange(_later);
        _later.Clear();
    }
}

/// <summary>How messages are shuffled.</summary>
/// <param name="Window">Within so many.</param>
/// <param name="Duplicates">Probability that a message comes twice.</param>
/// <param name="Seed">Decides both.</param>
internal sealed record ShuffleSettings(int Window, double Duplicates, int Seed);
