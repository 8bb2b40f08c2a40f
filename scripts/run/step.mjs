import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a command in the foreground. Signals are passed on, except that a terminal sends Ctrl-C to the command by itself.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code; 128 + number when a signal ended it.
 */
export function runStep(command, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), { stdio: 'inherit', ...options });
    const release = passSignals(child);
    child.on('error', (error) => {
      release();
      reject(new Error(`${command[0]} could not be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      release();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/**
 * Runs commands side by side; when one ends, the others are asked to end too.
 *
 * @param {readonly (readonly string[])[]} commands
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} the exit code of the one that ended first.
 */
export async function runTogether(commands, options) {
  const children = commands.map((command) => spawn(command[0], command.slice(1), { stdio: 'inherit', ...options }));
  const releases = children.map(passSignals);
  const ends = children.map(
    (child) =>
      new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))),
  );
  const code = await Promise.race(ends);
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(ends);
  for (const release of releases) release();
  return code;
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignals(child) {
  const pass = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}
