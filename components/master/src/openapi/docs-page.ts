import type { JsonSchema } from './schemas.ts';

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 6rem; }
h1 { margin-bottom: 0.2rem; } h2 { border-bottom: 1px solid var(--line); margin-top: 3rem; padding-bottom: 0.3rem; }
section { border: 1px solid var(--line); border-radius: 8px; margin: 1rem 0; padding: 0.4rem 1rem 0.8rem; }
h3 { align-items: baseline; display: flex; flex-wrap: wrap; font-size: 1rem; gap: 0.6rem; margin: 0.6rem 0; }
h3 code { font-size: 1rem; overflow-wrap: anywhere; } h3 a { color: inherit; text-decoration: none; }
.method { border-radius: 4px; color: #fff; font: 600 0.75rem/1.6 ui-monospace, monospace; padding: 0 0.5rem; }
.get { background: #1a6fb5; } .post { background: #23763f; } .delete { background: #b3362b; }
table { border-collapse: collapse; font-size: 0.9rem; width: 100%; }
td { border-top: 1px solid var(--line); padding: 0.35rem 0.6rem 0.35rem 0; vertical-align: top; }
td:first-child { font-family: ui-monospace, monospace; white-space: nowrap; width: 1%; }
pre { background: color-mix(in srgb, currentColor 6%, transparent); border-radius: 6px; font-size: 0.8rem; overflow: auto; padding: 0.8rem; }
summary { cursor: pointer; } nav a { margin-right: 1rem; }
`;

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Escapes a text for HTML and shows what stands in backticks as code. */
function prose(value: unknown): string {
  return escape(text(value))
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll('\n\n', '<br>');
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Shows an OpenAPI document as one page of HTML that needs no script and loads nothing. */
export function docsPage(document: JsonSchema): string {
  const info = object(document.info);
  const calls = Object.entries(object(document.paths)).flatMap(([path, item]) =>
    Object.entries(object(item)).map(([method, call]) => ({ path, method, call: object(call) })),
  );
  const tags = Map.groupBy(calls, ({ call }) => text((call.tags as readonly unknown[] | undefined)?.[0]));
  const schemas = Object.entries(object(object(document.components).schemas));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(text(info.title))} API</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(text(info.title))} API</h1>
<p>${prose(info.description)}</p>
<nav>${[...tags.keys()].map((tag) => `<a href="#${escape(tag)}">${escape(tag)}</a>`).join('')}<a href="#schemas">Schemas</a><a href="/api/openapi.json">openapi.json</a></nav>
${[...tags].map(([tag, some]) => `<h2 id="${escape(tag)}">${escape(tag)}</h2>\n${some.map(callSection).join('\n')}`).join('\n')}
<h2 id="schemas">Schemas</h2>
${schemas.map(([name, schema]) => details(name, schema, `schema-${name}`)).join('\n')}
</body>
</html>
`;
}

function callSection({ path, method, call }: { path: string; method: string; call: Json }): string {
  const id = escape(text(call.operationId));
  const rows = list(call.parameters).map((parameter) => [
    escape(text(parameter.name)),
    `${escape(text(parameter.in))}${parameter.required === true ? ', required' : ''}. ${prose(parameter.description)}`,
  ]);
  const answers = Object.entries(object(call.responses)).map(([status, answer]) => [
    status,
    `${prose(object(answer).description)} ${schemaLink(object(answer))}`,
  ]);
  const bodies = Object.entries(object(object(call.requestBody).content));
  return `<section id="${id}">
<h3><span class="method ${escape(method)}">${escape(method.toUpperCase())}</span><a href="#${id}"><code>${escape(path)}</code></a> ${prose(call.summary)}</h3>
${call.description === undefined ? '' : `<p>${prose(call.description)}</p>`}
${table(rows)}
${bodies.map(([type, body]) => details(`Body: ${type}`, object(body).schema)).join('')}
${table(answers)}
</section>`;
}

function table(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
}

function details(title: string, schema: unknown, id?: string): string {
  const anchor = id === undefined ? '' : ` id="${escape(id)}"`;
  return `<details${anchor}><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`;
}

/** A link to the schema of a JSON answer, errors aside, for they are all of one. */
function schemaLink(answer: Json): string {
  const reference = text(object(object(object(answer.content)['application/json']).schema).$ref);
  const name = reference.split('/').at(-1) ?? '';
  return name === '' || name === 'Error' ? '' : `<a href="#schema-${escape(name)}">${escape(name)}</a>`;
}
