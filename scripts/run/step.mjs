import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a command in the foreground. Signals are passed on, except that a terminal sends Ctrl-C to the command by itself.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code; 128 + number when a signal ended it.
 */
export async function runStep(command, options) {
  const child = spawn(command[0], command.slice(1), { stdio: 'inherit', ...options });
  const release = passSignals(child);
  try {
    return await endOf(child);
  } finally {
    release();
  }
}

/**
 * Runs commands side by side; when one ends by itself, the others are asked to end too.
 *
 * @param {readonly (readonly string[])[]} commands
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} the exit code of the one that ended first.
 */
export async function runTogether(commands, options) {
  let asked = false;
  const note = () => {
    asked = true;
  };
  for (const signal of signals) process.on(signal, note);
  const children = commands.map((command) => spawn(command[0], command.slice(1), { stdio: 'inherit', ...options }));
  const releases = children.map(passSignals);
  const ends = children.map(endOf);
  const code = await Promise.race(ends);
  // After a signal they are ending already, and a second one would make them hurry.
  if (!asked) for (const child of children) child.kill('SIGTERM');
  await Promise.allSettled(ends);
  for (const release of releases) release();
  for (const signal of signals) process.off(signal, note);
  return code;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code; 128 + number when a signal ended it.
 */
function endOf(child) {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${child.spawnfile} could not be started: ${error.message}`)));
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignals(child) {
  const pass = (signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}
