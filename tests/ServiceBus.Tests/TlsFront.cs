using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DataExport.ServiceBus.Tests;

/// <summary>Takes TLS connections with a certificate that nobody signed; passes on in plain what they carry.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _port;
    private readonly Task _accepting;

    private TlsFront(int port)
    {
        _port = port;
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen();
        _accepting = AcceptAsync();
    }

    public X509Certificate2 Certificate { get; } = CreateCertificate();

    /// <summary>Without the word that makes a client leave TLS out.</summary>
    public string ConnectionString =>
        $"Endpoint=sb://127.0.0.1:{((IPEndPoint)_listening.LocalEndPoint!).Port};"
        + "SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE";

    public static TlsFront Before(int port) => new(port);

    public async ValueTask DisposeAsync()
    {
        _listening.Dispose();
        await _accepting;
        Certificate.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var (from, to) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var made = request.CreateSelfSigned(from, to);

        // A key that lives in memory alone is not taken by every platform's TLS.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(new NetworkStream(await _listening.AcceptAsync(), ownsSocket: true));
            }
        }
        catch (SocketException)
        {
            // The front is disposed.
        }
    }

    private async Task ServeAsync(NetworkStream client)
    {
        try
        {
            await using var secure = new SslStream(client);
            await secure.AuthenticateAsServerAsync(Certificate);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, _port);
            await using var plain = new NetworkStream(socket);
            await Task.WhenAny(secure.CopyToAsync(plain), plain.CopyToAsync(secure));
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // A client that does not trust the certificate goes away.
        }
    }
}
