using DataExport.Sandbox;
using DataExport.Silo.Tests.Trouble;

namespace DataExport.Silo.Tests.Metadata;

/// <summary>An environment that changes under an active profile: whole silo, real tables.</summary>
public sealed class EnvironmentChangeTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SiloFixture _silo = new(rows: 400, looksAtMetadata: true);

    private DataverseSandbox Environment => _silo.Sandbox.Environment;

    private SandboxTable Contacts => Environment.Table("contact");

    private SandboxColumn Column =>
        Contacts.Columns.First(column => column.CanComeAndGo && column.Type is SandboxColumnType.String);

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Column_ThatComes_IsAddedAndFilledForRowsThatWereThere()
    {
        var name = Column.Name;
        var column = Contacts.Column(name)!;
        Environment.SetReadable(column, isReadable: false);
        await _silo.StartAsync("contact");
        var before = ColumnsOfTarget();

        Environment.SetReadable(column, isReadable: true);

        await SiloFixture.UntilAsync(() => Task.FromResult(ColumnsOfTarget().Contains(name)), "the column comes");
        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Status is ProfileStatus.DeltaSync
                && FilledInTarget(name) == FilledAtSource(column),
            "its values come");
        before.ShouldNotContain(name);
        FilledAtSource(column).ShouldBeGreaterThan(0, "the test needs values");
    }

    [Fact]
    public async Task Column_ThatGoes_StaysInTheTargetAndTheStreamGoesOn()
    {
        var column = Contacts.Column(Column.Name)!;
        await _silo.StartAsync("contact");

        Environment.SetReadable(column, isReadable: false);
        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetRouteAsync())!.Tables[0].OrdinalOf(column.Name) < 0, "it is noticed");
        var created = Environment.Create(Contacts);
        await SiloFixture.UntilAsync(
            () => Task.FromResult(_silo.TargetIds("contact").Contains(created)), "changes arrive");
        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Status is ProfileStatus.DeltaSync, "it is in step");

        ColumnsOfTarget().ShouldContain(column.Name);
        (await _silo.Profile.GetReportAsync()).Message.ShouldBeNull();
    }

    [Fact]
    public async Task Organization_ThatIsAnother_StopsTheProfileUntilItIsActivatedAnew()
    {
        await _silo.StartAsync("contact");

        Environment.ReplaceOrganization();
        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Status is ProfileStatus.Faulted, "it is noticed");
        var message = (await _silo.Profile.GetReportAsync()).Message;
        var deleted = Environment.Records(Contacts).First().Id;
        _ = Environment.DeleteSilently(Contacts, deleted);
        await _silo.ActivateAsync();
        await _silo.SyncAsync();

        message.ShouldNotBeNull().ShouldContain(Environment.OrganizationId.ToString());
        message.ShouldContain("Activate the profile");
        (await _silo.Profile.GetAsync())!.OrganizationId.ShouldBe(Environment.OrganizationId);
        _silo.TargetIds("contact").ShouldNotContain(deleted, "the new organization was compared as a whole");
    }

    private HashSet<string> ColumnsOfTarget() =>
        [.. Ask("SELECT name FROM pragma_table_info('crm_contact')", static reader => reader.GetString(0))];

    private long FilledInTarget(string column) =>
        Ask($"SELECT COUNT(\"{column}\") FROM crm_contact", static reader => reader.GetInt64(0)).Single();

    private long FilledAtSource(SandboxColumn column) => Environment.Records(Contacts)
        .Count(record => !Environment.Value(Contacts, record, column).IsNull);

    private List<T> Ask<T>(string sql, Func<Microsoft.Data.Sqlite.SqliteDataReader, T> read)
    {
        using var connection = _silo.OpenDatabase();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read())
        {
            values.Add(read(reader));
        }

        return values;
    }
}
