/**
 * Facts side by side: `JPEG · 640 × 427 · 113 kB`. Each is isolated, so that their order follows the language of the
 * page and not the letters within (Unicode Standard Annex 9, section 2.4).
 */
export function joinFacts(facts: readonly string[]): string {
  return facts.map((fact) => `\u2068${fact}\u2069`).join(' · ');
}
