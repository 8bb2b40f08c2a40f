import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { STATE_LOOKS, VISUAL_STATES, type Scheme } from './state-color.ts';
import { CHANNELS, LINES, SURFACES, SURROUND_GRAYS } from './surface.ts';

/** The one accent; index 6 equals the colour of running work; white words can be read on 5 and 6. */
const blue: MantineColorsTuple = [
  '#eaf4fc',
  '#d3e7f7',
  '#a5cfef',
  '#74b6e9',
  '#4fa8e8',
  '#1b72b5',
  '#0b5fa5',
  '#094f8a',
  '#073f6e',
  '#042c4f',
];
const gray: MantineColorsTuple = [
  '#f8f8f8',
  '#f1f1f1',
  '#e6e6e6',
  '#dedede',
  '#cccccc',
  '#adadad',
  '#767676',
  '#565656',
  '#363636',
  '#202020',
];
const dark: MantineColorsTuple = [
  '#d4d4d4',
  '#bdbdbd',
  '#9e9e9e',
  '#707070',
  '#454545',
  '#363636',
  '#2a2a2a',
  '#232323',
  '#191919',
  '#121212',
];

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 6, dark: 5 },
  colors: { blue, gray, dark },
  defaultRadius: 'md',
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

function variablesOf(scheme: Scheme): Record<string, string> {
  const variables: Record<string, string> = {
    '--mantine-color-body': SURFACES.page[scheme],
    '--mantine-color-dimmed': scheme === 'light' ? '#5f5f5f' : '#a8a8a8',
    '--tessera-card': SURFACES.card[scheme],
    '--tessera-surround': SURFACES.surround[scheme],
    '--tessera-surround-light': SURROUND_GRAYS.light,
    '--tessera-surround-mid': SURROUND_GRAYS.mid,
    '--tessera-surround-dark': SURROUND_GRAYS.dark,
    '--tessera-channel-red': CHANNELS.red[scheme],
    '--tessera-channel-green': CHANNELS.green[scheme],
    '--tessera-channel-blue': CHANNELS.blue[scheme],
    '--tessera-line': LINES.line[scheme],
    '--tessera-strong-line': LINES.strongLine[scheme],
  };
  for (const state of VISUAL_STATES) {
    variables[`--tessera-${state}`] = STATE_LOOKS[state].fill[scheme];
    variables[`--tessera-${state}-text`] = STATE_LOOKS[state].text[scheme];
  }
  return variables;
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: variablesOf('light'),
  dark: variablesOf('dark'),
});
