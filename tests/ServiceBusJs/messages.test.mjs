import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { assertEmpty, connect, receive, receiveOne } from "./bus.mjs";

const queue = "messages";
let client;
let sender;
let receiver;

before(() => {
  client = connect();
  sender = client.createSender(queue);
  receiver = client.createReceiver(queue);
});
afterEach(() => assertEmpty(receiver));
after(() => client.close());

test("send: every property of a message comes out as it went in", async () => {
  const sent = {
    body: { text: "grüße", number: 1.5, list: [1, null, true] },
    messageId: "id-1",
    contentType: "application/json",
    correlationId: "correlated",
    subject: "a subject",
    to: "somewhere",
    replyTo: "here",
    replyToSessionId: "session of replies",
    partitionKey: "part",
    timeToLive: 600_000,
    applicationProperties: { text: "t", whole: 7, part: 0.25, yes: true, none: null },
  };
  await sender.sendMessages(sent);

  const message = await receiveOne(receiver);

  for (const name of Object.keys(sent)) {
    assert.deepEqual(message[name], sent[name], name);
  }
  assert.equal(message.deliveryCount, 0);
  assert.equal(message.state, "active");
  assert.ok(message.sequenceNumber.toNumber() > 0);
  assert.ok(Math.abs(Date.now() - message.enqueuedTimeUtc.getTime()) < 5_000);
  assert.ok(message.lockedUntilUtc > new Date());
  await receiver.completeMessage(message);
});

test("send: a message without an id gets one", async () => {
  await sender.sendMessages({ body: "anonymous" });

  const message = await receiveOne(receiver);

  assert.ok(message.messageId);
  await receiver.completeMessage(message);
});

test("send: a body of bytes over many frames comes out byte for byte", async () => {
  const body = Buffer.alloc(700_000, Buffer.from("0123456789abcdef-"));
  await sender.sendMessages({ body });

  const message = await receiveOne(receiver);

  assert.ok(body.equals(message.body));
  await receiver.completeMessage(message);
});

test("batch: all of it arrives in its order", async () => {
  const batch = await sender.createMessageBatch();
  for (let number = 0; number < 100; number++) {
    assert.ok(batch.tryAddMessage({ body: number, messageId: `batch-${number}` }));
  }
  await sender.sendMessages(batch);

  const messages = await receive(receiver, 100);

  assert.deepEqual(messages.map((message) => message.body), [...Array(100).keys()]);
  await Promise.all(messages.map((message) => receiver.completeMessage(message)));
});

test("batch: an array of one and of many", async () => {
  await sender.sendMessages([{ body: "one" }]);
  await sender.sendMessages([{ body: "two" }, { body: "three" }]);

  const messages = await receive(receiver, 3);

  assert.deepEqual(messages.map((message) => message.body), ["one", "two", "three"]);
  await Promise.all(messages.map((message) => receiver.completeMessage(message)));
});

test("receive: a message that is locked is nobody else's", async () => {
  await sender.sendMessages({ body: "locked" });
  const message = await receiveOne(receiver);

  const other = client.createReceiver(queue);
  await assertEmpty(other);

  await other.close();
  await receiver.completeMessage(message);
});

test("complete: the message does not come again", async () => {
  await sender.sendMessages({ body: "done" });

  await receiver.completeMessage(await receiveOne(receiver));

  const other = client.createReceiver(queue);
  await assertEmpty(other);
  await other.close();
});

test("abandon: it comes again at once, counted, with its properties modified", async () => {
  await sender.sendMessages({ body: "again", applicationProperties: { kept: "k", changed: 1 } });
  await receiver.abandonMessage(await receiveOne(receiver), { changed: 2, added: "a" });

  const message = await receiveOne(receiver);

  assert.equal(message.body, "again");
  assert.equal(message.deliveryCount, 1);
  assert.deepEqual(message.applicationProperties, { kept: "k", changed: 2, added: "a" });
  await receiver.completeMessage(message);
});

test("abandon: it comes before what was sent later", async () => {
  await sender.sendMessages([{ body: "first" }, { body: "second" }]);
  await receiver.abandonMessage(await receiveOne(receiver));

  const messages = await receive(receiver, 2);

  assert.deepEqual(messages.map((message) => message.body), ["first", "second"]);
  await Promise.all(messages.map((message) => receiver.completeMessage(message)));
});

test("dead-letter: reason, description and properties stand in the dead-letter queue", async () => {
  await sender.sendMessages({ body: "hopeless", messageId: "dead", applicationProperties: { kept: "k" } });
  await receiver.deadLetterMessage(await receiveOne(receiver), {
    deadLetterReason: "a reason",
    deadLetterErrorDescription: "a description",
    custom: "c",
  });

  const graveyard = client.createReceiver(queue, { subQueueType: "deadLetter" });
  const message = await receiveOne(graveyard);

  assert.equal(message.body, "hopeless");
  assert.equal(message.messageId, "dead");
  assert.equal(message.deadLetterReason, "a reason");
  assert.equal(message.deadLetterErrorDescription, "a description");
  assert.equal(message.applicationProperties.kept, "k");
  assert.equal(message.applicationProperties.custom, "c");
  await graveyard.completeMessage(message);
  await assertEmpty(graveyard);
  await graveyard.close();
});

test("max delivery: after the last failure the message is dead-lettered", async () => {
  const failing = "failing";
  const failed = client.createReceiver(failing);
  await client.createSender(failing).sendMessages({ body: "poison" });
  for (let delivery = 0; delivery < 3; delivery++) {
    const message = await receiveOne(failed);
    assert.equal(message.deliveryCount, delivery);
    await failed.abandonMessage(message);
  }

  await assertEmpty(failed);
  const graveyard = client.createReceiver(failing, { subQueueType: "deadLetter" });
  const message = await receiveOne(graveyard);

  assert.equal(message.deadLetterReason, "MaxDeliveryCountExceeded");
  await graveyard.completeMessage(message);
});

test("receive-and-delete: what was received is gone", async () => {
  await sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
  const taker = client.createReceiver(queue, { receiveMode: "receiveAndDelete" });

  const messages = await receive(taker, 3);

  assert.deepEqual(messages.map((message) => message.body), [1, 2, 3]);
  await taker.close();
});

test("drain: a receive that comes up short leaves its link usable and nothing locked", async () => {
  const drained = client.createReceiver(queue);
  for (let round = 0; round < 3; round++) {
    assert.deepEqual(await drained.receiveMessages(10, { maxWaitTimeInMs: 50 }), []);
    await sender.sendMessages([{ body: round }, { body: round }]);
    const messages = await drained.receiveMessages(10, { maxWaitTimeInMs: 600 });
    assert.equal(messages.length, 2);
    await Promise.all(messages.map((message) => drained.completeMessage(message)));
  }

  // Sent when nobody asks: credit left behind would hand it to a link that looks away.
  await sender.sendMessages({ body: "after" });
  const message = await receiveOne(receiver);
  assert.equal(message.deliveryCount, 0);
  await receiver.completeMessage(message);
  await drained.close();
});

test("subscribe: messages come as they are sent", async () => {
  const bodies = [];
  const streaming = client.createReceiver(queue);
  const all = new Promise((resolve, reject) => streaming.subscribe({
    processMessage: async (message) => {
      bodies.push(message.body);
      if (bodies.length === 50) {
        setImmediate(resolve);
      }
    },
    processError: async ({ error }) => reject(error),
  }, { maxConcurrentCalls: 5 }));
  for (let number = 0; number < 50; number++) {
    await sender.sendMessages({ body: number });
  }

  await all;
  await streaming.close();

  assert.deepEqual(bodies.sort((x, y) => x - y), [...Array(50).keys()]);
});

test("entity: a queue that is not there is told as such", async () => {
  await assert.rejects(client.createSender("nowhere").sendMessages({ body: 1 }), { code: "MessagingEntityNotFound" });
});
