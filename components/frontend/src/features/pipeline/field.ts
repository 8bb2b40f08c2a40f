import { parseKernel, readPoints } from '@tessera/contracts';
import { readCurve } from './curve-points.ts';

/** Texts that are more than letters, by the `format` of their schema. */
const TEXTS = ['curve', 'kernel', 'points', 'colour', 'image', 'text'] as const;

/** The parts of a JSON Schema that parameters of operations use. */
interface Property {
  readonly type?: string;
  readonly title?: string;
  readonly unit?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly not?: { readonly multipleOf: number };
  readonly format?: string;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly { readonly const: string | number; readonly title?: string }[];
}

interface Labelled {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** The unit of its values, for example `px`. */
  readonly unit?: string | undefined;
}

export interface NumberField extends Labelled {
  readonly kind: 'number';
  readonly fallback: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly step: number;
  readonly integer: boolean;
  /** Multiples of this number are not allowed: 2 means odd. */
  readonly notMultipleOf: number | undefined;
}
export interface ChoiceField extends Labelled {
  readonly kind: 'choice';
  readonly fallback: string | number;
  readonly options: readonly { readonly value: string | number; readonly label: string }[];
  /** The options are places of a picture. */
  readonly anchors?: true;
}
export interface SwitchField extends Labelled {
  readonly kind: 'switch';
  readonly fallback: boolean;
}
/** A text with a meaning: a curve of levels, a kernel of weights, points of the picture, a colour, the id of an image, or just a text. */
export interface TextField extends Labelled {
  readonly kind: (typeof TEXTS)[number];
  readonly fallback: string;
}
/** How one parameter is asked for. */
export type Field = NumberField | ChoiceField | SwitchField | TextField;
export type FieldValue = string | number | boolean;

function labelOf(name: string, title: string | undefined): string {
  if (title) return title;
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function optionsOf({ enum: values, anyOf }: Property): ChoiceField['options'] | undefined {
  if (anyOf) return anyOf.map((option) => ({ value: option.const, label: option.title ?? String(option.const) }));
  return values?.map((value) => ({ value, label: String(value) }));
}

function stepOf(property: Property): number {
  if (property.multipleOf !== undefined) return property.multipleOf;
  if (property.type === 'integer') return property.not?.multipleOf === 2 ? 2 : 1;
  const span = (property.maximum ?? 100) - (property.minimum ?? 0);
  return span > 100 ? 1 : 0.1;
}

function fieldOf(name: string, property: Property): Field | undefined {
  const labelled = {
    name,
    label: labelOf(name, property.title),
    hint: property.description ?? '',
    unit: property.unit,
  };
  const options = optionsOf(property);
  const [first] = options ?? [];
  if (options && first) {
    const known = options.find(({ value }) => value === property.default);
    const anchors = property.format === 'anchor' && { anchors: true as const };
    return { ...labelled, kind: 'choice', options, fallback: (known ?? first).value, ...anchors };
  }
  if (property.type === 'boolean') return { ...labelled, kind: 'switch', fallback: property.default === true };
  const { format } = property;
  const text = TEXTS.find((kind) => kind === format);
  if (property.type === 'string' && text) {
    return { ...labelled, kind: text, fallback: typeof property.default === 'string' ? property.default : '' };
  }
  if (property.type !== 'number' && property.type !== 'integer') return undefined;
  return {
    ...labelled,
    kind: 'number',
    fallback: typeof property.default === 'number' ? property.default : (property.minimum ?? 0),
    min: property.minimum,
    max: property.maximum,
    step: stepOf(property),
    integer: property.type === 'integer',
    notMultipleOf: property.not?.multipleOf,
  };
}

/**
 * Makes a form of the JSON Schema of an operation's parameters: numbers, choices (`enum`, or `anyOf` of constants),
 * switches, curves, kernels, points, colours, images and lines (texts of that `format`), in the schema's order. Parameters of other kinds are left to their default.
 */
export function fieldsOf(schema: unknown): readonly Field[] {
  const { properties = {} } = (schema ?? {}) as { readonly properties?: Readonly<Record<string, Property>> };
  return Object.entries(properties).flatMap(([name, property]) => fieldOf(name, property) ?? []);
}

/** The values a form starts with. */
export function fallbacksOf(fields: readonly Field[]): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(fields.map((field) => [field.name, field.fallback]));
}

/** What is wrong with a value, and the bound it breaks where there is one. */
export interface FieldProblem {
  readonly reason:
    'curve' | 'kernel' | 'points' | 'image' | 'text' | 'number' | 'min' | 'max' | 'whole' | 'odd' | 'multiple';
  readonly bound?: number;
}

/** Tells what is wrong with a value, or undefined. */
export function problemOf(field: Field, value: FieldValue | undefined): FieldProblem | undefined {
  if (field.kind === 'curve') return readCurve(String(value)) ? undefined : { reason: 'curve' };
  if (field.kind === 'kernel') return parseKernel(String(value)) ? undefined : { reason: 'kernel' };
  if (field.kind === 'image') return value === '' ? { reason: 'image' } : undefined;
  if (field.kind === 'text') return String(value).trim() === '' ? { reason: 'text' } : undefined;
  if (field.kind === 'points') return readPoints(String(value)) ? undefined : { reason: 'points' };
  if (field.kind !== 'number') return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return { reason: 'number' };
  const { min, max, integer, notMultipleOf } = field;
  if (min !== undefined && value < min) return { reason: 'min', bound: min };
  if (max !== undefined && value > max) return { reason: 'max', bound: max };
  if (integer && !Number.isInteger(value)) return { reason: 'whole' };
  if (notMultipleOf !== undefined && value % notMultipleOf === 0) {
    return notMultipleOf === 2 ? { reason: 'odd' } : { reason: 'multiple', bound: notMultipleOf };
  }
  return undefined;
}
