import { checkout } from '../machines/checkout.ts';
import { oneAtATime } from '../engine/one-at-a-time.ts';
import type { DockerEngine } from '../engine/docker-engine.ts';
import { standIn } from '../engine/stand-in.ts';

export type Component = 'master' | 'executor';

/** The tag of the images that tests build. */
export const VERSION = 'test';

const built = new Map<string, Promise<string>>();

/** Builds an image of this checkout, once per test process; the engine's cache keeps what has not changed. @returns its name. */
export function productImage(engine: DockerEngine, component: Component): Promise<string> {
  const name = `tessera-${component}:${VERSION}`;
  const image = built.get(component) ?? oneAtATime(name.replace(':', '-'), () => build(engine, component, name));
  built.set(component, image);
  return image;
}

async function build(engine: DockerEngine, component: Component, name: string): Promise<string> {
  const node = await standIn(engine, 'node');
  const args = ['--build-arg', `NODE_IMAGE=${node}`, '--build-arg', `VERSION=${VERSION}`];
  const file = ['--file', `components/${component}/Dockerfile`];
  await engine.docker(['build', '--network', 'host', ...file, ...args, '--tag', name, '.'], { cwd: checkout });
  return name;
}
