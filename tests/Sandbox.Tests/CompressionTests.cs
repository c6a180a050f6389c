using System.IO.Compression;
using System.Text;

namespace DataExport.Sandbox.Tests;

public sealed class CompressionTests
{
    [Theory]
    [InlineData("EntityDefinitions", false)]
    [InlineData("EntityDefinitions", true)]
    [InlineData("accounts", true)]
    public async Task Answer_ToAClientThatAcceptsGzip_HoldsTheSame(string target, bool compressesRows)
    {
        var sandbox = new DataverseSandbox(new DataverseSandboxOptions(), new FakeClock());
        sandbox.Seed(2000);
        await using var host = new DataverseHost(
            sandbox, new DataverseHostOptions { CompressesRows = compressesRows });
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = host.BaseAddress };
        var plain = await client.GetStringAsync(target);
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate");

        using var response = await client.GetAsync(target);

        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        await using var body = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(body, Encoding.UTF8);
        (await reader.ReadToEndAsync()).ShouldBe(plain);
    }

    [Fact]
    public async Task Rows_UnlessAskedFor_AreNotCompressed()
    {
        await using var fixture = await SandboxFixture.StartAsync(10);
        using var client = new HttpClient { BaseAddress = fixture.Host.BaseAddress };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");

        using var response = await client.GetAsync("accounts");

        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }
}
