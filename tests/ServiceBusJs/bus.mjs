// Connects to the Sandbox that SERVICEBUS_CONNECTION names. Its queues, as ./run sandbox takes them:
//   --queue messages --queue management --queue failing:max-delivery=3 --queue brief:lock=2s
//   --queue expiring:dead-letter-expired --queue crowd --queue sessions:session --queue brief-sessions:session:lock=2s
import { ServiceBusClient } from "@azure/service-bus";
import assert from "node:assert/strict";

const connection = process.env.SERVICEBUS_CONNECTION;
assert.ok(connection, "SERVICEBUS_CONNECTION must hold the Sandbox's connection string.");

/** How long a test waits for what must come: a fault's limit, never a pace. */
export const PATIENCE_MS = 10_000;

/** How long a test waits to see that nothing comes. */
export const NOTHING_MS = 150;

export function connect(timeoutInMs = PATIENCE_MS) {
  return new ServiceBusClient(connection, {
    retryOptions: { maxRetries: 0, timeoutInMs, retryDelayInMs: 10 },
  });
}

/** Receives exactly that many, or fails. */
export async function receive(receiver, count) {
  const messages = [];
  while (messages.length < count) {
    const more = await receiver.receiveMessages(count - messages.length, { maxWaitTimeInMs: PATIENCE_MS });
    assert.notEqual(more.length, 0, `only ${messages.length} of ${count} messages came`);
    messages.push(...more);
  }
  return messages;
}

export async function receiveOne(receiver) {
  return (await receive(receiver, 1))[0];
}

/** Nothing can be received. */
export async function assertEmpty(receiver) {
  const messages = await receiver.receiveMessages(1, { maxWaitTimeInMs: NOTHING_MS });
  assert.deepEqual(messages.map((message) => message.body), []);
}

export async function assertFails(promise, code) {
  await assert.rejects(promise, (error) => {
    assert.equal(error.code, code, `${error.code}: ${error.message}`);
    return true;
  });
}

/** Waits until the condition holds; fails when patience ends. */
export async function eventually(condition, what) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    assert.ok(Date.now() < end, `in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
