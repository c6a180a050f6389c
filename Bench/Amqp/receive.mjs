// Microsoft's client, for the bench: receive.mjs PACKAGES CONNECTION QUEUE. Takes lines such as "subscribe 200 10000"
// or "batch 1000 10000": receives and completes so many messages that way, and answers with the seconds it took.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [packages, connection, queue] = process.argv.slice(2);
const { ServiceBusClient } = createRequire(`${packages}/`)('@azure/service-bus');
const client = new ServiceBusClient(connection);

// Locks outlast the bench, so that no renewal is needed.
const receiver = () => client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 0 });

async function subscribe(calls, count) {
    const receiving = receiver();
    let left = count;
    await new Promise((resolve, reject) => receiving.subscribe({
        processMessage: async message => {
            await receiving.completeMessage(message);
            if (--left === 0) resolve();
        },
        processError: async ({ error }) => reject(error),
    }, { maxConcurrentCalls: calls, autoCompleteMessages: false }));
    return receiving;
}

async function batch(size, count) {
    const receiving = receiver();
    for (let left = count; left > 0;) {
        const messages = await receiving.receiveMessages(Math.min(size, left), { maxWaitTimeInMs: 5000 });
        await Promise.all(messages.map(message => receiving.completeMessage(message)));
        left -= messages.length;
    }
    return receiving;
}

for await (const line of createInterface({ input: process.stdin })) {
    const [way, size, count] = line.split(' ');
    const began = process.hrtime.bigint();
    const receiving = await (way === 'batch' ? batch : subscribe)(Number(size), Number(count));
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;

    // Before the answer: it would take messages that are meant for the next.
    await receiving.close();
    console.log(seconds);
}
await client.close();
