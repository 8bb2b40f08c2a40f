// Exits with 0 when the process of this container answers, else with 1:
//   node healthy.mjs VARIABLE PATH      VARIABLE names the variable that holds the port.
const [variable = '', path = '/'] = process.argv.slice(2);
const answer = await fetch(`http://127.0.0.1:${process.env[variable]}${path}`, { signal: AbortSignal.timeout(4000) });
if (!answer.ok) {
  console.error(`${path} answered ${answer.status}: ${await answer.text()}`);
  process.exit(1);
}
