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

    [Fact]
    public async Task Environment_SetBackToABackup_StopsTheProfileUntilItIsActivatedAnew()
    {
        await _silo.StartAsync("contact", "account");
        var backup = Environment.Backup();
        var records = Environment.Records(Contacts).Select(static record => record.Id).ToArray();
        _ = Environment.UpdateSilently(Contacts, records[0], [Column.Ordinal]);
        _ = Environment.DeleteSilently(Contacts, records[1]);
        var created = Environment.CreateSilently(Contacts);
        await _silo.SyncAsync();

        Environment.SetBack(backup);
        _ = Environment.UpdateSilently(Contacts, records[2], [Column.Ordinal]);
        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Status is ProfileStatus.Faulted, "it is noticed");
        var message = (await _silo.Profile.GetReportAsync()).Message;
        var between = _silo.TargetVersions("contact");
        await _silo.ActivateAsync();
        await _silo.SyncAsync();

        message.ShouldNotBeNull().ShouldContain("set back");
        message.ShouldContain("Activate the profile");
        between.ShouldContainKey(created, "the test needs differences");
        _silo.TargetVersions("contact").ShouldBe(_silo.SourceVersions("contact"), ignoreOrder: true);
        (await _silo.Profile.GetReportAsync()).Message.ShouldBeNull();
    }

    [Fact]
    public async Task Environment_SetBackWhereOnlyNewRecordsTell_IsNoticed()
    {
        await _silo.StartAsync("contact");
        var backup = Environment.Backup();
        _ = Environment.CreateSilently(Contacts);
        await _silo.SyncAsync();

        Environment.SetBack(backup);

        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Status is ProfileStatus.Faulted, "it is noticed");
        (await _silo.Profile.GetReportAsync()).Message.ShouldNotBeNull().ShouldContain("no deletion");
    }

    [Fact]
    public async Task NewestRecord_ThatIsDeletedOrChanged_IsNoSetBack()
    {
        await _silo.StartAsync("contact");
        for (var round = 0; round < 5; round++)
        {
            var created = Environment.CreateSilently(Contacts);
            await _silo.SyncAsync();
            _ = Environment.UpdateSilently(Contacts, created, [Column.Ordinal]);
            await LooksAsync();
            _ = Environment.DeleteSilently(Contacts, created);
            await LooksAsync();
        }

        (await _silo.Profile.GetReportAsync()).Status.ShouldBe(ProfileStatus.DeltaSync);
        _silo.TargetIds("contact").ShouldBe(_silo.SourceIds("contact"), ignoreOrder: true);
    }

    [Fact]
    public async Task AdministrationMode_IsNamed_AndWhatChangedMeanwhileComesAfterIt()
    {
        await _silo.StartAsync("contact");

        Environment.IsInAdministrationMode = true;
        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Message?.Contains("administration mode") is true,
            "it is named");
        var created = Environment.CreateSilently(Contacts);
        Environment.IsInAdministrationMode = false;
        await SiloFixture.UntilAsync(
            async () => (await _silo.Profile.GetReportAsync()).Message is null, "it is over");
        await _silo.SyncAsync();

        _silo.TargetIds("contact").ShouldContain(created);
    }

    /// <summary>Ends after the environment was looked at twice.</summary>
    private async Task LooksAsync()
    {
        var metadata = _silo.Sandbox.WebApi.Counters.Metadata;
        await SiloFixture.UntilAsync(
            () => Task.FromResult(_silo.Sandbox.WebApi.Counters.Metadata >= metadata + 3), "it is looked at");
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
