import { describe, expect, it } from 'vitest';
import { MACHINE_HUES, machineLook } from '../../theme/machine-color.ts';
import { MachineMemory } from './machine-memory.ts';

function storage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  } as Storage;
}

describe('letters of machines', () => {
  it('are given by name to those met together, and kept over visits', () => {
    const kept = storage();
    const first = new MachineMemory(kept);
    first.meet(['south', 'east', 'east']);
    expect(['east', 'south', 'north'].map((name) => first.look(name).letter)).toEqual(['A', 'B', 'C']);
    const later = new MachineMemory(kept);
    expect(['north', 'south', 'west'].map((name) => later.look(name).letter)).toEqual(['C', 'B', 'D']);
  });

  it('are never the same for two machines, and go on after Z', () => {
    const looks = Array.from({ length: 400 }, (_, place) => machineLook(place));
    expect(new Set(looks.map(({ letter }) => letter)).size).toBe(400);
    expect(looks.slice(25, 28).map(({ letter }) => letter)).toEqual(['Z', 'AA', 'AB']);
    const first = looks.slice(0, 4 * MACHINE_HUES.length);
    expect(new Set(first.map(({ hue, stripes }) => `${hue} ${stripes}`)).size).toBe(first.length);
  });
});
