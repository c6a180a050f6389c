import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import Long from "long";
import { assertEmpty, assertFails, connect, eventually, receive, receiveOne } from "./bus.mjs";

const queue = "management";
let client;
let sender;
let receiver;

before(() => {
  client = connect();
  sender = client.createSender(queue);
  receiver = client.createReceiver(queue);
});
afterEach(async () => {
  await assertEmpty(receiver);
  const left = await client.createReceiver(queue).peekMessages(10, { fromSequenceNumber: Long.ZERO });
  assert.deepEqual(left.map((message) => message.body), []);
});
after(() => client.close());

test("renew: the lock ends later than it did", async () => {
  await sender.sendMessages({ body: "held" });
  const message = await receiveOne(receiver);
  const before = message.lockedUntilUtc;

  const renewed = await eventually(async () => {
    const until = await receiver.renewMessageLock(message);
    return until > before && until;
  }, "a later end");

  assert.ok(renewed > before);
  await receiver.completeMessage(message);
});

test("defer: only its number gets it, and it is completed by its lock", async () => {
  await sender.sendMessages({ body: "later", applicationProperties: { kept: 1 } });
  const message = await receiveOne(receiver);
  await receiver.deferMessage(message, { note: "n" });
  await assertEmpty(receiver);

  const [deferred] = await receiver.receiveDeferredMessages(message.sequenceNumber);

  assert.equal(deferred.body, "later");
  assert.equal(deferred.state, "deferred");
  assert.deepEqual(deferred.applicationProperties, { kept: 1, note: "n" });
  assert.ok(deferred.lockedUntilUtc > new Date());
  await receiver.completeMessage(deferred);
});

test("defer: abandoned it stays deferred, dead-lettered it moves", async () => {
  await sender.sendMessages({ body: "twice" });
  const message = await receiveOne(receiver);
  await receiver.deferMessage(message);
  let [deferred] = await receiver.receiveDeferredMessages(message.sequenceNumber);
  await receiver.abandonMessage(deferred);
  await assertEmpty(receiver);
  [deferred] = await receiver.receiveDeferredMessages(message.sequenceNumber);
  assert.equal(deferred.deliveryCount, 1);

  await receiver.deadLetterMessage(deferred, { deadLetterReason: "deferred too long" });

  const graveyard = client.createReceiver(queue, { subQueueType: "deadLetter" });
  const dead = await receiveOne(graveyard);
  assert.equal(dead.deadLetterReason, "deferred too long");
  await graveyard.completeMessage(dead);
  await graveyard.close();
});

test("defer: deferred again it is there again", async () => {
  await sender.sendMessages([{ body: "a" }, { body: "b" }]);
  const messages = await receive(receiver, 2);
  await Promise.all(messages.map((message) => receiver.deferMessage(message)));
  const numbers = messages.map((message) => message.sequenceNumber);
  for (const deferred of await receiver.receiveDeferredMessages(numbers)) {
    await receiver.deferMessage(deferred, { again: true });
  }

  const again = await receiver.receiveDeferredMessages(numbers);

  assert.deepEqual(again.map((message) => [message.body, message.applicationProperties.again]), [
    ["a", true], ["b", true]]);
  await Promise.all(again.map((message) => receiver.completeMessage(message)));
});

test("defer: its lock can be renewed, and it can be received and deleted", async () => {
  await sender.sendMessages([{ body: "renewed" }, { body: "deleted" }]);
  const messages = await receive(receiver, 2);
  await Promise.all(messages.map((message) => receiver.deferMessage(message)));
  const [renewed] = await receiver.receiveDeferredMessages(messages[0].sequenceNumber);
  assert.ok(await receiver.renewMessageLock(renewed) >= renewed.lockedUntilUtc);
  await receiver.completeMessage(renewed);
  const taker = client.createReceiver(queue, { receiveMode: "receiveAndDelete" });

  const [deleted] = await taker.receiveDeferredMessages(messages[1].sequenceNumber);

  assert.equal(deleted.body, "deleted");
  await assertFails(taker.receiveDeferredMessages(messages[1].sequenceNumber), "MessageNotFound");
  await taker.close();
});

test("defer: a number that is not deferred is not found", async () => {
  await sender.sendMessages({ body: "active" });
  const message = await receiveOne(receiver);

  await assertFails(receiver.receiveDeferredMessages(message.sequenceNumber), "MessageNotFound");

  await receiver.completeMessage(message);
});

test("settle: a message whose link is closed is completed through management", async () => {
  await sender.sendMessages({ body: "orphan" });
  const closing = client.createReceiver(queue);
  const message = await receiveOne(closing);
  await closing.close();

  await assert.doesNotReject(receiver.completeMessage(message));
});

test("peek: messages in every state, in order, and nothing happens to them", async () => {
  await sender.sendMessages([{ body: "deferred" }, { body: "locked" }, { body: "active" }]);
  const [deferred, locked] = await receive(receiver, 2);
  await receiver.deferMessage(deferred);
  const [scheduled] = await sender.scheduleMessages([{ body: "scheduled" }], new Date(Date.now() + 3_600_000));
  const peeker = client.createReceiver(queue);

  const peeked = await peeker.peekMessages(10);

  assert.deepEqual(peeked.map((message) => [message.body, message.state]), [
    ["deferred", "deferred"], ["locked", "active"], ["active", "active"], ["scheduled", "scheduled"]]);
  assert.equal(peeked[0].lockToken, undefined);
  await sender.cancelScheduledMessages(scheduled);
  await receiver.completeMessage(locked);
  await receiver.completeMessage(await receiveOne(receiver));
  await receiver.completeMessage((await receiver.receiveDeferredMessages(deferred.sequenceNumber))[0]);
});

test("peek: goes on where it stopped, or begins at a number, or finds nothing", async () => {
  await sender.sendMessages([0, 1, 2, 3, 4].map((body) => ({ body })));
  const peeker = client.createReceiver(queue);
  assert.deepEqual((await peeker.peekMessages(2)).map((message) => message.body), [0, 1]);
  const next = await peeker.peekMessages(2);
  assert.deepEqual(next.map((message) => message.body), [2, 3]);

  const from = await peeker.peekMessages(10, { fromSequenceNumber: next[0].sequenceNumber });

  assert.deepEqual(from.map((message) => message.body), [2, 3, 4]);
  assert.deepEqual(await peeker.peekMessages(10), []);
  const messages = await receive(receiver, 5);
  await Promise.all(messages.map((message) => receiver.completeMessage(message)));
});

test("peek: the dead-letter queue", async () => {
  await sender.sendMessages({ body: "dead" });
  await receiver.deadLetterMessage(await receiveOne(receiver), { deadLetterReason: "r" });
  const graveyard = client.createReceiver(queue, { subQueueType: "deadLetter" });

  const [peeked] = await graveyard.peekMessages(1);

  assert.equal(peeked.deadLetterReason, "r");
  await graveyard.completeMessage(await receiveOne(graveyard));
  await graveyard.close();
});

test("schedule: it comes when its time has come, under a number of its own", async () => {
  const due = new Date(Date.now() + 1_000);
  const [number] = await sender.scheduleMessages([{ body: "scheduled", messageId: "s" }], due);
  await assertEmpty(receiver);

  const message = await receiveOne(receiver);

  assert.equal(message.body, "scheduled");
  assert.ok(message.enqueuedTimeUtc >= due, `${message.enqueuedTimeUtc} before ${due}`);
  assert.ok(message.sequenceNumber.greaterThan(number));
  assert.equal(message.scheduledEnqueueTimeUtc?.getTime?.() ?? message.scheduledEnqueueTimeUtc, due.getTime());
  await receiver.completeMessage(message);
});

test("schedule: by the message's own property, alone and in a batch", async () => {
  const due = new Date(Date.now() + 1_000);
  await sender.sendMessages([
    { body: "alone", scheduledEnqueueTimeUtc: due }, { body: "with it", scheduledEnqueueTimeUtc: due }]);
  await sender.sendMessages({ body: "past", scheduledEnqueueTimeUtc: new Date(Date.now() - 1_000) });
  const first = await receiveOne(receiver);
  assert.equal(first.body, "past");

  const messages = await receive(receiver, 2);

  assert.deepEqual(messages.map((message) => message.body).sort(), ["alone", "with it"]);
  await Promise.all([first, ...messages].map((message) => receiver.completeMessage(message)));
});

test("cancel: what was scheduled does not come", async () => {
  const numbers = await sender.scheduleMessages(
    [{ body: "c1" }, { body: "c2" }], new Date(Date.now() + 1_500));
  assert.equal(numbers.length, 2);

  await sender.cancelScheduledMessages(numbers);

  assert.deepEqual(await receiver.receiveMessages(2, { maxWaitTimeInMs: 1_800 }), []);
  await assertFails(sender.cancelScheduledMessages(numbers[0]), "MessageNotFound");
});
