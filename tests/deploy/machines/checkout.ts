import { fileURLToPath } from 'node:url';

/** Folder of this project. */
export const checkout = fileURLToPath(new URL('../../..', import.meta.url));

/** What the role scripts need of the project, in the form with docker. */
export const composeFiles = [
  'config',
  'docker-compose.yml',
  'docker-external-broker.yml',
  'docker-external-store.yml',
  'docker-server-node.yml',
  'docker-server-store.yml',
  'docker-worker-compose.yml',
] as const;

/** The scripts of the three roles. */
export const roles = ['broker', 'server', 'worker'] as const;
export type Role = (typeof roles)[number];
