import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertEmpty, assertFails, connect, eventually, receive, receiveOne } from "./bus.mjs";

const queue = "sessions";
const brief = "brief-sessions";
let client;
let sender;

before(() => {
  client = connect();
  sender = client.createSender(queue);
});
after(() => client.close());

function send(sessionId, ...bodies) {
  return sender.sendMessages(bodies.map((body) => ({ body, sessionId })));
}

async function completeAll(receiver, messages) {
  await Promise.all(messages.map((message) => receiver.completeMessage(message)));
}

test("accept: a named session gives its messages in order, and no others", async () => {
  await send("red", 1, 2, 3);
  await send("blue", 10);
  const red = await client.acceptSession(queue, "red");
  assert.equal(red.sessionId, "red");
  assert.ok(red.sessionLockedUntilUtc > new Date());

  const messages = await receive(red, 3);

  assert.deepEqual(messages.map((message) => [message.sessionId, message.body]), [["red", 1], ["red", 2], ["red", 3]]);
  await completeAll(red, messages);
  await assertEmpty(red);
  await red.close();
  const blue = await client.acceptSession(queue, "blue");
  await completeAll(blue, await receive(blue, 1));
  await blue.close();
});

test("accept: an empty session waits for its messages", async () => {
  const receiver = await client.acceptSession(queue, "later");
  const coming = receiveOne(receiver);
  await send("later", "here");

  const message = await coming;

  assert.equal(message.body, "here");
  await receiver.completeMessage(message);
  await receiver.close();
});

test("accept: one receiver holds a session, until it closes", async () => {
  const first = await client.acceptSession(queue, "held");
  await assertFails(client.acceptSession(queue, "held"), "SessionCannotBeLocked");
  await first.close();

  const second = await client.acceptSession(queue, "held");

  await second.close();
});

test("accept next: sessions with messages that nobody holds, one after the other", async () => {
  await send("n1", 1);
  await send("n2", 2);
  await send("n3", 3);
  const receivers = [];
  for (let session = 0; session < 3; session++) {
    receivers.push(await client.acceptNextSession(queue));
  }

  assert.deepEqual(receivers.map((receiver) => receiver.sessionId).sort(), ["n1", "n2", "n3"]);
  for (const receiver of receivers) {
    await completeAll(receiver, await receive(receiver, 1));
    await receiver.close();
  }
});

test("accept next: waits until a session has messages", async () => {
  const accepting = client.acceptNextSession(queue);
  await send("awaited", "w");

  const receiver = await accepting;

  assert.equal(receiver.sessionId, "awaited");
  await completeAll(receiver, await receive(receiver, 1));
  await receiver.close();
});

test("accept next: gives up in time when there is none, and takes none away", async () => {
  const impatient = connect(1_000);
  await assert.rejects(impatient.acceptNextSession(queue), (error) => {
    assert.match(error.code, /ServiceTimeout|OperationTimeoutError|SessionCannotBeLocked/);
    return true;
  });
  await impatient.close();
  await send("afterwards", 1);

  const receiver = await client.acceptNextSession(queue);

  assert.equal(receiver.sessionId, "afterwards");
  await completeAll(receiver, await receive(receiver, 1));
  await receiver.close();
});

test("ordering: what is abandoned comes before what follows it", async () => {
  await send("ordered", 1, 2, 3, 4);
  const receiver = await client.acceptSession(queue, "ordered");
  const [first] = await receive(receiver, 1);
  await receiver.abandonMessage(first);

  const messages = await receive(receiver, 4);

  assert.deepEqual(messages.map((message) => message.body), [1, 2, 3, 4]);
  assert.deepEqual(messages.map((message) => message.deliveryCount), [1, 0, 0, 0]);
  await completeAll(receiver, messages);
  await receiver.close();
});

test("ordering: what a closed receiver left goes to the next one, in order, uncounted", async () => {
  await send("left", 1, 2, 3);
  const first = await client.acceptSession(queue, "left");
  await receive(first, 2);
  await first.close();

  const second = await client.acceptSession(queue, "left");
  const messages = await receive(second, 3);

  assert.deepEqual(messages.map((message) => [message.body, message.deliveryCount]), [[1, 0], [2, 0], [3, 0]]);
  await completeAll(second, messages);
  await second.close();
});

test("state: is kept beyond its receiver, and can be taken away", async () => {
  const first = await client.acceptSession(queue, "stateful");
  assert.equal(await first.getSessionState(), null);
  await first.setSessionState({ step: 2, text: "ß" });
  await first.close();
  const second = await client.acceptSession(queue, "stateful");

  assert.deepEqual(await second.getSessionState(), { step: 2, text: "ß" });

  await second.setSessionState(null);
  assert.equal(await second.getSessionState(), null);
  await second.close();
});

test("renew: the session's lock ends later than it did", async () => {
  const receiver = await client.acceptSession(queue, "renewed");
  const before = receiver.sessionLockedUntilUtc;

  const renewed = await eventually(async () => {
    const until = await receiver.renewSessionLock();
    return until > before && until;
  }, "a later end");

  assert.ok(renewed > before);
  await receiver.close();
});

test("defer: a deferred message is its session's", async () => {
  await send("deferring", "d");
  const receiver = await client.acceptSession(queue, "deferring");
  const message = await receiveOne(receiver);
  await receiver.deferMessage(message);
  await assertEmpty(receiver);

  const [deferred] = await receiver.receiveDeferredMessages(message.sequenceNumber);

  assert.equal(deferred.body, "d");
  await receiver.completeMessage(deferred);
  await receiver.close();
});

test("dead-letter: a session's message goes to the one dead-letter queue", async () => {
  await send("dying", "x");
  const receiver = await client.acceptSession(queue, "dying");
  await receiver.deadLetterMessage(await receiveOne(receiver), { deadLetterReason: "r" });
  await receiver.close();
  const graveyard = client.createReceiver(queue, { subQueueType: "deadLetter" });

  const message = await receiveOne(graveyard);

  assert.equal(message.sessionId, "dying");
  assert.equal(message.deadLetterReason, "r");
  await graveyard.completeMessage(message);
  await graveyard.close();
});

test("peek: only the session's messages", async () => {
  await send("peeked", 1, 2);
  await send("other", 3);
  const receiver = await client.acceptSession(queue, "peeked");

  const peeked = await receiver.peekMessages(10);

  assert.deepEqual(peeked.map((message) => message.body), [1, 2]);
  await completeAll(receiver, await receive(receiver, 2));
  await receiver.close();
  const other = await client.acceptSession(queue, "other");
  await completeAll(other, await receive(other, 1));
  await other.close();
});

test("schedule: a scheduled message comes to its session", async () => {
  await sender.scheduleMessages([{ body: "s", sessionId: "scheduled" }], new Date(Date.now() + 200));

  const receiver = await client.acceptNextSession(queue);

  assert.equal(receiver.sessionId, "scheduled");
  await completeAll(receiver, await receive(receiver, 1));
  await receiver.close();
});

test("receive-and-delete: what was received of a session is gone", async () => {
  await send("taken", 1, 2);
  const taker = await client.acceptSession(queue, "taken", { receiveMode: "receiveAndDelete" });
  assert.equal((await receive(taker, 2)).length, 2);
  await taker.close();

  const receiver = await client.acceptSession(queue, "taken");

  await assertEmpty(receiver);
  await receiver.close();
});

test("subscribe: a session's messages come one by one, in order", async () => {
  await send("streamed", ...Array(30).keys());
  const receiver = await client.acceptSession(queue, "streamed");
  const bodies = [];
  await new Promise((resolve, reject) => receiver.subscribe({
    processMessage: async (message) => {
      bodies.push(message.body);
      if (bodies.length === 30) {
        setImmediate(resolve);
      }
    },
    processError: async ({ error }) => reject(error),
  }));
  await receiver.close();

  assert.deepEqual(bodies, [...Array(30).keys()]);
});

test("send: a message without a session is refused, and a receiver without one", async () => {
  await assert.rejects(sender.sendMessages({ body: "homeless" }), /InvalidOperationError.*requires sessions/);
  await assert.rejects(
    client.createReceiver(queue).receiveMessages(1, { maxWaitTimeInMs: 500 }),
    /InvalidOperationError.*requires sessions/);
});

test("lock expiry: the session goes to the next receiver and its message is counted", async () => {
  await client.createSender(brief).sendMessages({ body: "slow", sessionId: "s" });
  const first = await client.acceptSession(brief, "s", { maxAutoLockRenewalDurationInMs: 0 });
  const lost = await receiveOne(first);

  const second = await client.acceptNextSession(brief);
  const message = await receiveOne(second);

  assert.equal(second.sessionId, "s");
  assert.equal(message.deliveryCount, 1);
  await assertFails(first.completeMessage(lost), "SessionLockLost");
  await second.completeMessage(message);
  await first.close();
  await second.close();
});

test("20 at once: twenty receivers take forty sessions, each in its order", async () => {
  const crowd = connect(3_000);
  const total = 40;
  await Promise.all([...Array(total).keys()].map((session) => send(`c${session}`, 1, 2, 3)));
  const seen = [];
  await Promise.all([...Array(20).keys()].map(async () => {
    while (seen.length < total) {
      const receiver = await crowd.acceptNextSession(queue).catch(() => undefined);
      if (!receiver) {
        return;
      }
      const messages = await receive(receiver, 3);
      seen.push([receiver.sessionId, messages.map((message) => message.body)]);
      await completeAll(receiver, messages);
      await receiver.close();
    }
  }));
  await crowd.close();

  assert.deepEqual(seen.map(([id]) => id).sort(), [...Array(total).keys()].map((session) => `c${session}`).sort());
  assert.deepEqual(seen.filter(([, bodies]) => bodies.join() !== "1,2,3"), []);
});
