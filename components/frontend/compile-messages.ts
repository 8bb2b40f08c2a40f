import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

interface Words {
  readonly [key: string]: string | Words;
}
type Compiled = ReturnType<typeof compile> | { readonly [key: string]: Compiled };

function compileWords(words: Words): Compiled {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? compile(value) : compileWords(value),
    ]),
  );
}

/** Compiles the ICU messages of the page when it is built, so that no parser of them has to be sent to the browser. */
export function compileMessages(): Plugin {
  return {
    name: 'compile-messages',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/messages\/[a-z]+\/[a-z]+\.json$/ },
      handler: (code) => JSON.stringify(compileWords(JSON.parse(code) as Words)),
    },
  };
}
