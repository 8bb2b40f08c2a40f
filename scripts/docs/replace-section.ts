/**
 * Puts `content` between the lines `<!-- generated: name -->` and `<!-- end: name -->` of a Markdown text; the rest is
 * written by hand.
 *
 * @throws Error when the text has no such section.
 */
export function replaceSection(text: string, name: string, content: string): string {
  const begin = `<!-- generated: ${name} -->`;
  const end = `<!-- end: ${name} -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The text has no section from ${begin} to ${end}.`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}
