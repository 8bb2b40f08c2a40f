import type { Fallback, Variable } from './variables.ts';

/** A Markdown table with one row per variable. */
export function renderOperatorTable(variables: readonly Variable[]): string {
  const rows = variables.map(({ name, forms, description, fallback, range }) => [
    `\`${name}\``,
    forms.join(', '),
    renderFallback(fallback),
    range ?? '',
    description,
  ]);
  const header = ['Variable', 'Read by', 'Default', 'Values', 'Meaning'];
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function renderFallback(fallback: Fallback | undefined): string {
  if (fallback === undefined) return '**required**';
  if (fallback.kind === 'value') return `\`${fallback.value}\``;
  return fallback.kind === 'words' ? fallback.words : '';
}
