// Queues in memory on rhea, an AMQP 1.0 library that shares nothing with ours. Prints "listening PORT".
'use strict';

const rhea = require('rhea');

// What goes out is what came in, to the byte. It is decoded all the same: what rhea cannot read ends the connection.
const decode = rhea.message.decode;
rhea.message.decode = bytes => (decode(bytes), { bytes });

const queues = new Map();
const container = rhea.create_container({
    id: 'rhea-broker',
    receiver_options: { autoaccept: false, credit_window: 100 },
    sender_options: { treat_modified_as_released: false },
});
container.sasl_server_mechanisms.enable_anonymous();
container.sasl_server_mechanisms.enable_plain((user, password) => user === 'guest' && password === 'guest');

function queueOf(address) {
    if (!queues.has(address)) queues.set(address, { ready: [], consumers: new Set() });
    return queues.get(address);
}

// Takes the link and answers with the node it is for, or refuses it: there are no nodes that begin with a dollar.
function open(link, address) {
    if (!address || address.includes('$')) {
        link.close({ condition: 'amqp:not-found', description: `There is no node ${address}.` });
        return null;
    }

    link.set_source(link.remote.attach.source || {});
    link.set_target(link.remote.attach.target || {});
    link.local.attach.snd_settle_mode = link.remote.attach.snd_settle_mode;
    link.local.attach.rcv_settle_mode = link.remote.attach.rcv_settle_mode;
    return link.queue = queueOf(address);
}

// Credit is counted from the link's beginning, since rhea takes it off only when the transfer is written.
function serve(queue) {
    for (const sender of queue.consumers) {
        const limit = sender.delivery_count + sender.credit;
        while (queue.ready.length && sender.total < limit && sender.session.outgoing.available()) {
            const entry = queue.ready.shift();
            const delivery = sender.send(entry.bytes, undefined, entry.format);
            sender.total++;
            delivery.entry = entry;
            if (!delivery.settled) sender.held.set(delivery.id, entry);
        }
    }
}

function end(context, isKept) {
    const { delivery, sender } = context;
    if (!sender.held.delete(delivery.id)) return;
    if (isKept) sender.queue.ready.unshift(delivery.entry);
    delivery.update(true, delivery.remote_settled ? undefined : rhea.message.accepted().described());
    // The receiver says no more of it, which rhea would wait for.
    delivery.remote_settled = true;
    serve(sender.queue);
}

// What a consumer held comes again, in its old order.
function lose(sender) {
    if (!sender.queue || !sender.queue.consumers.delete(sender)) return;
    sender.queue.ready.unshift(...sender.held.values());
    sender.held.clear();
    serve(sender.queue);
}

function loseAll(isLost) {
    for (const queue of queues.values()) {
        for (const sender of queue.consumers) if (isLost(sender)) lose(sender);
    }
}

container.on('receiver_open', ({ receiver }) => open(receiver, receiver.target && receiver.target.address));
container.on('sender_open', ({ sender }) => {
    const queue = open(sender, sender.source && sender.source.address);
    if (!queue) return;
    Object.assign(sender, { total: 0, held: new Map() });
    queue.consumers.add(sender);
});
container.on('message', ({ message, receiver, delivery }) => {
    receiver.queue.ready.push({ bytes: message.bytes || message, format: delivery.format });
    delivery.accept();
    serve(receiver.queue);
});
container.on('sender_flow', ({ sender }) => serve(sender.queue));
container.on('sender_draining', ({ sender }) => {
    sender.total = sender.delivery_count + sender.credit;
    sender.set_drained(true);
});
container.on('sendable', ({ sender }) => serve(sender.queue));
container.on('accepted', context => end(context, false));
container.on('rejected', context => end(context, false));
container.on('released', context => end(context, true));
container.on('modified', context => end(context, !context.delivery.remote_state.undeliverable_here));
container.on('sender_close', ({ sender }) => lose(sender));
container.on('session_close', ({ session }) => loseAll(sender => sender.session === session));
container.on('disconnected', ({ connection }) => loseAll(sender => sender.connection === connection));
container.on('connection_close', ({ connection }) => loseAll(sender => sender.connection === connection));
container.on('error', error => console.error(`connection error: ${error.message}`));
for (const ended of ['connection_error', 'session_error', 'sender_error', 'receiver_error', 'protocol_error']) {
    container.on(ended, context => console.error(ended, context.connection ? context.connection.error : context));
}

const server = container.listen({ host: '127.0.0.1', port: 0, idle_time_out: 60000 });
server.on('listening', () => console.log(`listening ${server.address().port}`));

// Whoever started this holds the other end: when that is gone, so is the broker.
process.stdin.on('end', () => process.exit(0)).resume();
