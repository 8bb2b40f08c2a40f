import { jobRequestSchema, OPERATIONS, outputFormatSchema } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from './field.ts';
import { changeDraft, EMPTY_DRAFT, isComplete, requestOf, stepsIn8, type Draft } from './draft.ts';
import { add, after, catalogue, operation } from './draft-fixture.ts';

const ops = (draft: Draft): string[] => draft.steps.map(({ op }) => op);

describe('changeDraft', () => {
  it('adds, moves and removes steps; equal operations stay apart', () => {
    const draft = after(add('median'), add('canny'), add('median'));
    expect(ops(changeDraft(draft, { type: 'place', id: 2, to: 0 }))).toEqual(['canny', 'median', 'median']);
    expect(changeDraft(draft, { type: 'place', id: 3, to: 0 }).steps.map(({ id }) => id)).toEqual([3, 1, 2]);
    expect(changeDraft(draft, { type: 'place', id: 1, to: -1 })).toBe(draft);
    expect(changeDraft(draft, { type: 'place', id: 1, to: 3 })).toBe(draft);
    expect(changeDraft(draft, { type: 'remove', id: 1 }).steps.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('sets a parameter of one step only', () => {
    const draft = after(add('median'), add('median'), { type: 'set', id: 2, name: 'ksize', value: 7 });
    expect(draft.steps.map(({ params }) => params.ksize)).toEqual([5, 7]);
    expect(changeDraft(draft, { type: 'set', id: 2, name: 'ksize', value: 7 })).toBe(draft);
  });

  it('puts a copy behind its original, with its values', () => {
    const draft = after(add('median'), add('canny'), { type: 'set', id: 1, name: 'ksize', value: 3 });
    const copied = changeDraft(draft, { type: 'duplicate', id: 1 });
    expect(copied.steps).toMatchObject([
      { id: 1, op: 'median', params: { ksize: 3 } },
      { id: 3, op: 'median', params: { ksize: 3 } },
      { id: 2, op: 'canny' },
    ]);
  });

  it('leaves a step that is switched off out of the work, and its values alone', () => {
    const draft = after(add('dilate'), add('invert'), { type: 'set', id: 1, name: 'ksize', value: 99 });
    expect(isComplete(draft, catalogue)).toBe(false);
    const off = changeDraft(draft, { type: 'switch', id: 1, on: false });
    expect(requestOf(off, ['a']).pipeline).toEqual([{ op: 'invert', params: {} }]);
    expect(isComplete(off, catalogue)).toBe(true);
    const on = changeDraft(off, { type: 'switch', id: 1, on: true });
    expect(on).toEqual(draft);
    expect(changeDraft(on, { type: 'switch', id: 1, on: true })).toBe(on);
  });

  it('takes the usual quality of a format, and keeps one that was set', () => {
    const avif = after({ type: 'output', changes: { format: 'avif' } });
    expect(avif.quality).toBe(60);
    expect(changeDraft(avif, { type: 'output', changes: { quality: 30 } }).quality).toBe(30);
  });

  it('does not ask to split what can not be joined', () => {
    const draft = after(
      { type: 'output', changes: { split: 'always' } },
      { type: 'output', changes: { format: 'webp' } },
    );
    expect(draft.split).toBe('auto');
  });

  it('takes no more steps than the server', () => {
    expect(after(...Array.from({ length: 40 }, () => add('invert'))).steps).toHaveLength(32);
  });
});

describe('requestOf', () => {
  it('makes a request that the server’s schema takes, for every operation and format', () => {
    for (const format of outputFormatSchema.options) {
      for (const { op } of OPERATIONS) {
        const image = catalogue.some(
          (one) => one.op === op && fieldsOf(one.params).some(({ kind }) => kind === 'image'),
        );
        const draft = after(add(op), { type: 'output', changes: { format } });
        // An image has to be chosen first.
        expect(isComplete(draft, catalogue)).toBe(!image);
        expect(jobRequestSchema.parse(requestOf(draft, ['a'])).pipeline).toMatchObject([{ op }]);
      }
    }
  });

  it('leaves out what the format has not', () => {
    expect(requestOf(EMPTY_DRAFT, ['a']).output).toEqual({ format: 'png' });
    const jpeg = after({ type: 'output', changes: { format: 'jpeg', metadata: 'keep' } });
    expect(requestOf(jpeg, ['a']).output).toEqual({
      format: 'jpeg',
      quality: 85,
      subsampling: '4:2:0',
      metadata: 'keep',
    });
    const reduced = after({ type: 'output', changes: { depth: 8 } });
    expect(requestOf(reduced, ['a']).output).toEqual({ format: 'png', depth: 8 });
  });

  it('tells the steps that work in 8 bits only, unless that is what is asked for', () => {
    const [canny, invert] = [operation('canny'), { ...operation('invert'), depths: [8 as const, 16 as const] }];
    const draft = after(add('invert'), add('canny'), add('canny'), { type: 'switch', id: 3, on: false });
    expect([...stepsIn8(draft, [canny, invert])]).toEqual([2]);
    expect(stepsIn8({ ...draft, depth: 8 }, [canny, invert]).size).toBe(0);
  });

  it('has the webhook with its key where an address is given, and is not complete before both are well-formed', () => {
    expect(requestOf(EMPTY_DRAFT, ['a'])).not.toHaveProperty('webhook');
    const [webhookSecret, step] = ['0123456789abcdef', add('invert')];
    const draftOf = (webhook: string, secret = webhookSecret): Draft =>
      after(step, { type: 'output', changes: { webhook, webhookSecret: secret } });
    const draft = draftOf(' https://receiver.example/hook ');
    expect(jobRequestSchema.parse(requestOf(draft, ['a'])).webhook).toEqual({
      url: 'https://receiver.example/hook',
      secret: webhookSecret,
    });
    expect(isComplete(draft, catalogue)).toBe(true);
    expect(requestOf(draftOf('  '), ['a'])).not.toHaveProperty('webhook');
    expect(isComplete(draftOf('  ', ''), catalogue)).toBe(true);
    for (const wrong of ['receiver.example/hook', 'ftp://receiver.example/', 'https://']) {
      expect(isComplete(draftOf(wrong), catalogue)).toBe(false);
    }
    expect(isComplete(draftOf('https://receiver.example/', 'too short'), catalogue)).toBe(false);
  });
});
