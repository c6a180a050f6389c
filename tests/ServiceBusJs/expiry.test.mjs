import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import Long from "long";
import { assertEmpty, assertFails, connect, eventually, receiveOne } from "./bus.mjs";

// The lock of this queue lasts two seconds.
const brief = "brief";
const expiring = "expiring";
let client;

before(() => {
  client = connect();
});
after(() => client.close());

test("lock expiry: the message comes again, counted, and its first lock is lost", async () => {
  const receiver = client.createReceiver(brief, { maxAutoLockRenewalDurationInMs: 0 });
  await client.createSender(brief).sendMessages({ body: "slow" });
  const first = await receiveOne(receiver);

  const second = await receiveOne(receiver);

  assert.equal(second.body, "slow");
  assert.equal(second.deliveryCount, 1);
  await assertFails(receiver.completeMessage(first), "MessageLockLost");
  await assertFails(receiver.renewMessageLock(first), "MessageLockLost");
  await receiver.completeMessage(second);
  await receiver.close();
});

test("lock expiry: renewed in time the message stays held", async () => {
  const receiver = client.createReceiver(brief, { maxAutoLockRenewalDurationInMs: 10_000 });
  await client.createSender(brief).sendMessages({ body: "renewed" });
  const message = await receiveOne(receiver);
  const firstEnd = message.lockedUntilUtc;
  const other = client.createReceiver(brief);

  // Past the first end, and the client has renewed by itself meanwhile.
  await eventually(() => Date.now() > firstEnd.getTime() + 100, "the first lock's end");
  await assertEmpty(other);

  await receiver.completeMessage(message);
  await receiver.close();
  await other.close();
});

test("lock expiry: a deferred message goes back to the deferred", async () => {
  const receiver = client.createReceiver(brief);
  await client.createSender(brief).sendMessages({ body: "put aside" });
  const message = await receiveOne(receiver);
  await receiver.deferMessage(message);
  const [held] = await receiver.receiveDeferredMessages(message.sequenceNumber);
  await assertFails(receiver.receiveDeferredMessages(message.sequenceNumber), "MessageNotFound");

  const again = await eventually(
    () => receiver.receiveDeferredMessages(message.sequenceNumber).catch(() => undefined), "the lock's end");

  assert.equal(again[0].deliveryCount, 1);
  await assertFails(receiver.completeMessage(held), "MessageLockLost");
  await receiver.completeMessage(again[0]);
  await receiver.close();
});

test("time to live: what expires is dead-lettered where the queue says so", async () => {
  const receiver = client.createReceiver(expiring);
  await client.createSender(expiring).sendMessages({ body: "short-lived", timeToLive: 100 });
  const graveyard = client.createReceiver(expiring, { subQueueType: "deadLetter" });

  const message = await receiveOne(graveyard);

  assert.equal(message.body, "short-lived");
  assert.equal(message.deadLetterReason, "TTLExpiredException");
  await assertEmpty(receiver);
  await graveyard.completeMessage(message);
});

test("time to live: elsewhere it is dropped", async () => {
  const receiver = client.createReceiver(brief);
  await client.createSender(brief).sendMessages({ body: "dropped", timeToLive: 50 });
  const peeker = client.createReceiver(brief);

  await eventually(
    async () => (await peeker.peekMessages(1, { fromSequenceNumber: Long.ZERO })).length === 0, "its end");

  await assertEmpty(receiver);
  await assertEmpty(client.createReceiver(brief, { subQueueType: "deadLetter" }));
});
