import type { Locale } from '../app/locale.ts';
import { en } from './en/index.ts';
import type catalogue from './en/catalogue.json';
import type combine from './en/combine.json';
import type deliveries from './en/deliveries.json';
import type depth from './en/depth.json';
import type help from './en/help.json';
import type map from './en/map.json';
import type ops from './en/ops.json';
import type parameters from './en/parameters.json';
import type pipelines from './en/pipelines.json';
import type result from './en/result.json';
import type shapes from './en/shapes.json';
import type viewer from './en/viewer.json';
import type watch from './en/watch.json';

/** The words that every page may need. */
export type FirstMessages = typeof en;

/** All words; some come with the pages that need them, see `PageWords`. */
export type Messages = FirstMessages & {
  readonly catalogue: typeof catalogue;
  readonly combine: typeof combine;
  readonly deliveries: typeof deliveries;
  readonly depth: typeof depth;
  readonly help: typeof help;
  readonly map: typeof map;
  readonly ops: typeof ops;
  readonly parameters: typeof parameters;
  readonly pipelines: typeof pipelines;
  readonly result: typeof result;
  readonly shapes: typeof shapes;
  readonly viewer: typeof viewer;
  readonly watch: typeof watch;
};

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
    Locale: Locale;
  }
}

/** The words of a language; all but English are fetched when they are needed. */
export async function loadMessages(locale: Locale): Promise<FirstMessages> {
  if (locale === 'ar') return (await import('./ar/index.ts')).ar;
  return en;
}
