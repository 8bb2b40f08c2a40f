// An executor as its main file starts it, but for the hosts it knows: KNOWN_HOSTS, a JSON object of names and addresses.
import { runExecutor } from '../../components/executor/src/run-executor.ts';
import { accessTo, type KnownHosts } from './known-hosts.ts';

await runExecutor(accessTo(JSON.parse(process.env.KNOWN_HOSTS ?? '{}') as KnownHosts));
