import { fileURLToPath } from 'node:url';

/** Folder of this project. */
export const checkout = fileURLToPath(new URL('../../..', import.meta.url));

/** The scripts of the three roles. */
export const roles = ['broker', 'server', 'worker'] as const;
export type Role = (typeof roles)[number];
