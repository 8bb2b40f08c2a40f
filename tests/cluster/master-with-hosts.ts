// A master as its main file starts it, but for the hosts it knows: KNOWN_HOSTS, a JSON object of names and addresses.
import { runMaster } from '../../components/master/src/run-master.ts';
import { accessTo, type KnownHosts } from './known-hosts.ts';

await runMaster(accessTo(JSON.parse(process.env.KNOWN_HOSTS ?? '{}') as KnownHosts));
