using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

public sealed class SessionTests
{
    private static readonly SandboxQueueOptions _sessions =
        new() { RequiresSessions = true, LockDuration = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task Accept_NamedSession_GivesItsMessagesInOrder()
    {
        await using var bus = TestBus.Start(_sessions);
        bus.Enqueue("r1", "red");
        bus.Enqueue("b1", "blue");
        bus.Enqueue("r2", "red");
        await using var peer = await bus.ConnectAsync();

        var red = await peer.ReceiveSessionAsync("red");

        red.SessionId.ShouldBe("red");
        red.LockedUntil.ShouldBe(bus.Clock.GetUtcNow() + TimeSpan.FromSeconds(30));
        (await red.NextAsync(2)).Select(message => message.Body).ShouldBe(["r1", "r2"]);
        (await red.IsEmptyAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Accept_SessionHeldByAnother_IsRefused()
    {
        await using var bus = TestBus.Start(_sessions);
        await using var peer = await bus.ConnectAsync();
        await peer.ReceiveSessionAsync("red");

        var refused = await Should.ThrowAsync<AmqpProtocolException>(() => peer.ReceiveSessionAsync("red"));

        refused.Error.Condition.ShouldBe(AmqpCondition.SessionCannotBeLocked);
    }

    [Fact]
    public async Task AcceptNext_NoneFree_WaitsForAMessage()
    {
        await using var bus = TestBus.Start(_sessions);
        await using var peer = await bus.ConnectAsync();
        var armed = bus.Clock.ArmedAsync(TimeSpan.FromSeconds(60));
        var accepting = peer.ReceiveSessionAsync(null);
        await armed;
        accepting.IsCompleted.ShouldBeFalse();

        bus.Enqueue("1", "red");

        (await accepting).SessionId.ShouldBe("red");
    }

    [Fact]
    public async Task AcceptNext_NothingInTime_IsRefusedWithTimeout()
    {
        await using var bus = TestBus.Start(_sessions);
        await using var peer = await bus.ConnectAsync();
        var armed = bus.Clock.ArmedAsync(TimeSpan.FromSeconds(7));
        var accepting = peer.ReceiveSessionAsync(null, waitMilliseconds: 7_000);
        await armed;

        bus.Clock.Advance(TimeSpan.FromSeconds(7));

        (await Should.ThrowAsync<AmqpProtocolException>(() => accepting))
            .Error.Condition.ShouldBe(AmqpCondition.Timeout);
    }

    [Fact]
    public async Task AcceptNext_WaiterGone_TakesNoSession()
    {
        await using var bus = TestBus.Start(_sessions);
        await using var peer = await bus.ConnectAsync();
        await using (var gone = await bus.ConnectAsync())
        {
            var armed = bus.Clock.ArmedAsync(TimeSpan.FromSeconds(60));
            _ = gone.ReceiveSessionAsync(null);
            await armed;
        }

        bus.Enqueue("1", "red");

        (await (await peer.ReceiveSessionAsync(null)).NextAsync()).Body.ShouldBe("1");
    }

    [Fact]
    public async Task Lock_RunsOut_DetachesAndCountsWhatWasHandedOut()
    {
        await using var bus = TestBus.Start(_sessions);
        bus.Enqueue("1", "red");
        bus.Enqueue("2", "red");
        await using var peer = await bus.ConnectAsync();
        var slow = await peer.ReceiveSessionAsync("red");
        await slow.NextAsync();

        bus.Clock.Advance(TimeSpan.FromSeconds(30));

        (await slow.Ended)!.Condition.ShouldBe(AmqpCondition.SessionLockLost);
        var next = await peer.ReceiveSessionAsync(null);
        (await next.NextAsync(2)).Select(message => (message.Body, message.DeliveryCount))
            .ShouldBe([("1", 1), ("2", 0)]);
    }

    [Fact]
    public async Task Lock_Renewed_IsHeldOn()
    {
        await using var bus = TestBus.Start(_sessions);
        bus.Enqueue("1", "red");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveSessionAsync("red");
        var message = await receiver.NextAsync();
        bus.Clock.Advance(TimeSpan.FromSeconds(20));

        var (status, body) = await peer.AskAsync("renew-session-lock", new() { ["session-id"] = "red" });

        status.ShouldBe(200);
        body["expiration"].ShouldBe(bus.Clock.GetUtcNow() + TimeSpan.FromSeconds(30));
        bus.Clock.Advance(TimeSpan.FromSeconds(20));
        (await receiver.CompleteAsync(message)).Kind.ShouldBe(AmqpOutcomeKind.Accepted);
    }

    [Fact]
    public async Task Link_Closed_GivesTheSessionOnUncountedAndInOrder()
    {
        await using var bus = TestBus.Start(_sessions);
        foreach (var body in new[] { "1", "2", "3" })
        {
            bus.Enqueue(body, "red");
        }

        await using var peer = await bus.ConnectAsync();
        var first = await peer.ReceiveSessionAsync("red");
        await first.NextAsync(2);
        var waiting = bus.Clock.ArmedAsync(TimeSpan.FromSeconds(60));
        var accepting = peer.ReceiveSessionAsync(null);
        await waiting;

        first.Link.Detach();

        (await (await accepting).NextAsync(3)).Select(message => (message.Body, message.DeliveryCount))
            .ShouldBe([("1", 0), ("2", 0), ("3", 0)]);
    }

    [Fact]
    public async Task State_SetByAHolder_IsThereForTheNextAndNobodyElse()
    {
        await using var bus = TestBus.Start(_sessions);
        await using var peer = await bus.ConnectAsync();
        var first = await peer.ReceiveSessionAsync("red");
        (await SetStateAsync(peer, "red", [7])).ShouldBe(200);
        first.Link.Detach();
        (await peer.AskAsync("get-session-state", new() { ["session-id"] = "red" })).Status.ShouldBe(410);

        await peer.ReceiveSessionAsync("red");

        (await peer.AskAsync("get-session-state", new() { ["session-id"] = "red" }))
            .Body["session-state"].ShouldBe(new byte[] { 7 });
    }

    [Fact]
    public async Task State_LargerThanAllowed_IsRefused()
    {
        await using var bus = TestBus.Start(
            new SandboxQueueOptions { RequiresSessions = true, SessionStateBytesMax = 4 });
        await using var peer = await bus.ConnectAsync();
        await peer.ReceiveSessionAsync("red");

        (await SetStateAsync(peer, "red", new byte[5])).ShouldBe(400);
    }

    [Fact]
    public async Task List_SessionsWithMessages_AreNamedAndWithState_SinceThen()
    {
        await using var bus = TestBus.Start(_sessions);
        bus.Enqueue("1", "b");
        bus.Enqueue("2", "a");
        await using var peer = await bus.ConnectAsync();
        await peer.ReceiveSessionAsync("stateful");
        await SetStateAsync(peer, "stateful", [1]);

        var messages = await ListAsync(peer, DateTimeOffset.MaxValue);
        var states = await ListAsync(peer, bus.Clock.GetUtcNow() - TimeSpan.FromHours(1));

        messages.ShouldBe(["a", "b"]);
        states.ShouldBe(["stateful"]);
        (await peer.AskAsync("get-message-sessions", new() { ["last-updated-time"] = bus.Clock.GetUtcNow() }))
            .Status.ShouldBe(204);
    }

    [Fact]
    public async Task Enqueue_WithoutSession_IsRefused()
    {
        await using var bus = TestBus.Start(_sessions);

        Should.Throw<ServiceBusException>(() => bus.Enqueue("1")).Reason
            .ShouldBe(ServiceBusFailureReason.InvalidArgument);
        Should.Throw<ServiceBusException>(() => bus.Enqueue("1", new string('x', 129)));
    }

    [Fact]
    public async Task Receiver_WithoutSession_IsRefused()
    {
        await using var bus = TestBus.Start(_sessions);
        await using var peer = await bus.ConnectAsync();

        (await Should.ThrowAsync<AmqpProtocolException>(() => peer.ReceiveAsync()))
            .Error.Condition.ShouldBe(AmqpCondition.NotAllowed);
    }

    [Fact]
    public async Task Sessions_MoreThanAllowed_AreRefused()
    {
        await using var bus = TestBus.Start(new SandboxQueueOptions { RequiresSessions = true, SessionsMax = 1 });
        bus.Enqueue("1", "red");
        await using var peer = await bus.ConnectAsync();

        Should.Throw<ServiceBusException>(() => bus.Enqueue("2", "blue")).Reason
            .ShouldBe(ServiceBusFailureReason.QuotaExceeded);
        (await Should.ThrowAsync<AmqpProtocolException>(() => peer.ReceiveSessionAsync("blue")))
            .Error.Condition.ShouldBe(AmqpCondition.ResourceLimitExceeded);
        bus.Enqueue("3", "red");
    }

    [Fact]
    public async Task Sessions_AThousandOfThem_AreEachGivenOnceAndForgottenWhenEmpty()
    {
        const int sessions = 1_000;
        await using var bus = TestBus.Start(_sessions);
        for (var number = 0; number < 3 * sessions; number++)
        {
            bus.Enqueue($"{number / sessions}", $"s{number % sessions}");
        }

        await using var peer = await bus.ConnectAsync();
        var seen = new HashSet<string>();
        for (var number = 0; number < sessions; number++)
        {
            var receiver = await peer.ReceiveSessionAsync(null);
            var messages = await receiver.NextAsync(3);
            messages.Select(message => message.Body).ShouldBe(["0", "1", "2"]);
            seen.Add(messages[0].SessionId!);
            foreach (var message in messages)
            {
                await receiver.CompleteAsync(message);
            }

            receiver.Link.Detach();
            receiver.Link.Session.End();
        }

        seen.Count.ShouldBe(sessions);
        bus.Counts.ShouldBe(default);
        (await ListAsync(peer, DateTimeOffset.MaxValue)).ShouldBeEmpty();
    }

    private static async Task<string[]> ListAsync(TestPeer peer, DateTimeOffset since)
    {
        var (_, body) = await peer.AskAsync(
            "get-message-sessions", new() { ["last-updated-time"] = since, ["skip"] = 0, ["top"] = 100 });
        return body.TryGetValue("sessions-ids", out var ids)
            ? Array.ConvertAll((object?[])ids!, id => (string)id!)
            : [];
    }

    private static async Task<int> SetStateAsync(TestPeer peer, string session, byte[] state) => (await peer.AskAsync(
        "set-session-state", new() { ["session-id"] = session, ["session-state"] = state })).Status;
}
