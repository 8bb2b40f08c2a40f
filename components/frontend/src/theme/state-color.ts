/** What a region of a picture or a job is doing, as people see it. */
export type VisualState = 'waiting' | 'running' | 'done' | 'retrying' | 'failed';

/** In the order in which a region usually passes through them. */
export const VISUAL_STATES = [
  'waiting',
  'running',
  'done',
  'retrying',
  'failed',
] as const satisfies readonly VisualState[];

export type Scheme = 'light' | 'dark';

interface StateLook {
  readonly label: string;
  /** Carries the state where colour can't. */
  readonly glyph: string;
  /** Fill per colour scheme; distances between them are kept by a test. */
  readonly fill: Readonly<Record<Scheme, string>>;
  /** Colour of words, at least 4.5:1 on the surface of its scheme. */
  readonly text: Readonly<Record<Scheme, string>>;
}

export const STATE_LOOKS: Readonly<Record<VisualState, StateLook>> = {
  waiting: {
    label: 'Waiting',
    glyph: '·',
    fill: { light: '#B4BAC2', dark: '#6B7078' },
    text: { light: '#5B5F66', dark: '#B0B4BA' },
  },
  running: {
    label: 'Running',
    glyph: '▸',
    fill: { light: '#0B5FA5', dark: '#4FA8E8' },
    text: { light: '#0B5FA5', dark: '#7CC0F2' },
  },
  done: {
    label: 'Done',
    glyph: '✓',
    fill: { light: '#009E73', dark: '#8FE0C4' },
    text: { light: '#00734F', dark: '#8FE0C4' },
  },
  retrying: {
    label: 'Trying again',
    glyph: '↻',
    fill: { light: '#E69F00', dark: '#F5C518' },
    text: { light: '#7F5600', dark: '#F5C518' },
  },
  failed: {
    label: 'Failed',
    glyph: '✕',
    fill: { light: '#B0003A', dark: '#E8543F' },
    text: { light: '#B0003A', dark: '#FF9080' },
  },
};
