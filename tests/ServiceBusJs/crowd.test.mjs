import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertEmpty, connect, PATIENCE_MS } from "./bus.mjs";

const queue = "crowd";
const members = 20;
const messagesEach = 50;
let client;

before(() => {
  client = connect(30_000);
});
after(() => client.close());

test("20 at once: senders and receivers, every message once", async () => {
  const total = members * messagesEach;
  const seen = new Map();
  let done;
  const all = new Promise((resolve) => {
    done = resolve;
  });
  const receivers = [...Array(members).keys()].map(() => client.createReceiver(queue));
  const faults = [];
  for (const receiver of receivers) {
    receiver.subscribe({
      processMessage: async (message) => {
        await receiver.completeMessage(message);
        seen.set(message.messageId, (seen.get(message.messageId) ?? 0) + 1);
        if (seen.size === total) {
          done();
        }
      },
      processError: async ({ error }) => faults.push(error.message),
    }, { autoCompleteMessages: false, maxConcurrentCalls: 2 });
  }

  await Promise.all([...Array(members).keys()].map(async (member) => {
    const sender = client.createSender(queue);
    for (let number = 0; number < messagesEach; number++) {
      await sender.sendMessages({ body: number, messageId: `${member}-${number}` });
    }
    await sender.close();
  }));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  await Promise.race([all, late]);
  await Promise.all(receivers.map((receiver) => receiver.close()));

  assert.deepEqual(faults, []);
  assert.equal(seen.size, total);
  assert.deepEqual([...seen.values()].filter((times) => times !== 1), []);
  await assertEmpty(client.createReceiver(queue));
});

test("20 at once: twenty clients, each on its own connection", async () => {
  const clients = [...Array(members).keys()].map(() => connect());
  const bodies = await Promise.all(clients.map(async (own, member) => {
    await own.createSender(queue).sendMessages({ body: member });
    const receiver = own.createReceiver(queue);
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: PATIENCE_MS });
    await receiver.completeMessage(message);
    await own.close();
    return message.body;
  }));

  assert.deepEqual(bodies.sort((x, y) => x - y), [...Array(members).keys()]);
});
