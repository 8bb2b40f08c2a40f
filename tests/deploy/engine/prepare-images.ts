import { findProgram } from '../../services/find-program.ts';
import { productImage } from '../images/product-image.ts';
import { DockerEngine } from './docker-engine.ts';
import { standIn } from './stand-in.ts';

// A process of its own, `prepare-images.ts <address of the engine>`: makes what the deployment tests stand on while other
// tests run. What fails here is tried again, and told, by the test that needs it.
const [host] = process.argv.slice(2);
const client = findProgram(['/usr/bin/docker', 'docker']);
if (host !== undefined && client !== undefined) {
  const engine = new DockerEngine(host, client);
  await productImage(engine, 'master');
  await productImage(engine, 'executor');
  for (const name of ['machine', 'rabbitmq', 'postgres', 'versitygw'] as const) await standIn(engine, name);
}
