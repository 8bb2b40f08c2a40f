// Stands where the broker would, when that is elsewhere: services that wait for a healthy broker then wait for it.
//
//   node broker-gate.mjs            runs until it is stopped
//   node broker-gate.mjs --check    exits with 0 if one of the broker's addresses takes a connection
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

/** Whether a TCP connection to an amqp(s) URL opens within three seconds. */
function reachable(url) {
  const { protocol, hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const host = hostname.replaceAll(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port) || (protocol === 'amqps:' ? 5671 : 5672), timeout: 3000 });
    const answer = (result) => () => {
      socket.destroy();
      resolve(result);
    };
    socket.on('connect', answer(true)).on('error', answer(false)).on('timeout', answer(false));
  });
}

if (process.argv[2] === '--check') {
  const addresses = readFileSync(process.env.BROKER_ADDRESSES_FILE, 'utf8').trim().split(',');
  const answers = await Promise.all(addresses.map((address) => reachable(address.trim())));
  if (!answers.includes(true)) console.error(`No connection to ${addresses.join(', ')}.`);
  process.exitCode = answers.includes(true) ? 0 : 1;
} else {
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => undefined, 2 ** 31 - 1);
}
