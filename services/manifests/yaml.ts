import {type Document, LineCounter, parseAllDocuments, type Tags} from 'yaml';

/** YAML 1.1 as Kubernetes reads it: `yes` is a boolean, but a time stays text and 1:30 is no number. */
const customTags = (tags: Tags): Tags =>
  tags.filter(
    (tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
  );

/** All documents of a YAML text, without what is null in their mappings. */
export function parseYaml(text: string, file: string): unknown[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {version: '1.1', customTags, lineCounter, prettyErrors: false});
  if (!Array.isArray(documents)) return [];
  return documents.map((document: Document.Parsed) => {
    const [error] = document.errors;
    if (error === undefined) return withoutNulls(document.toJS());
    const {line, col} = lineCounter.linePos(error.pos[0]);
    throw new Error(`${file}:${line}:${col}: the YAML is broken: ${error.message}.`, {cause: error});
  });
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const given = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(given.map(([name, inner]) => [name, withoutNulls(inner)]));
}
