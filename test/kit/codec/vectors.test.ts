/** The vectors of the CloudEvents conformance suite. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {parseAllDocuments} from 'yaml';
import {type CloudEvent, decode, encodeStructured} from '#kit';
import {encodeBinary} from '#kit/wire';
import {skip} from '../../skip.ts';

const vectors = path.join(import.meta.dirname, '../../../../shared/tck/cloudevents');

interface Vector {
  Mode?: 'binary' | 'structured';
  ContextAttributes: Record<string, string | Record<string, string>>;
  Data?: string;
}

test('every event of the conformance suite comes out as it went in, in both modes', (t) => {
  if (isAbsent(t)) return;
  const events = yamlFiles().flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8'), {schema: 'failsafe'}).map(
      (document): CloudEvent => eventOf(document.toJS()),
    ),
  );

  t.is(events.length, 15);
  for (const event of events) {
    const structured = encodeStructured(event);
    t.deepEqual(decode(structured.headers, structured.body), event);
    const binary = encodeBinary(event);
    t.deepEqual(decode(binary.headers, binary.body), event);
  }
});

test('every message of the HTTP binding reads as the suite says', (t) => {
  if (isAbsent(t)) return;
  const outlines = readFeature(
    readFileSync(path.join(vectors, 'features/http-protocol-binding.feature'), 'utf8'),
  );
  let messages = 0;

  for (const {request, attributes, data, contentTypes} of outlines) {
    for (const contentType of contentTypes) {
      const {headers, body} = readRequest(request.replaceAll('<contentType>', contentType));
      const event = decode(headers, body);
      const expected = attributes.map(([name, value]) => [name, value.replace('<contentType>', contentType)]);
      t.deepEqual(event.attributes, Object.fromEntries(expected));
      t.deepEqual(JSON.parse(event.data?.toString() ?? ''), JSON.parse(data));
      messages += 1;
    }
  }
  t.is(messages, 4);
});

function isAbsent(t: ExecutionContext): boolean {
  if (existsSync(vectors)) return false;
  skip(t, `the vectors of the CloudEvents conformance suite are not at ${vectors}`);
  return true;
}

function yamlFiles(): string[] {
  return readdirSync(path.join(vectors, 'yaml'), {recursive: true, encoding: 'utf8'})
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(vectors, 'yaml', name));
}

function eventOf({ContextAttributes: {Extensions = {}, ...attributes}, Data}: Vector): CloudEvent {
  const named = {...attributes, ...(typeof Extensions === 'object' ? Extensions : {})};
  const texts = Object.entries(named).map(([name, value]) => [name, String(value).trim()]);
  return {attributes: Object.fromEntries(texts), data: Data === undefined ? null : Buffer.from(Data)};
}

interface Outline {
  request: string;
  attributes: [string, string][];
  data: string;
  contentTypes: string[];
}

/** The scenario outlines of a Gherkin file: a request, its attributes, its data, and the content types it comes in. */
function readFeature(text: string): Outline[] {
  return text
    .split('Scenario Outline:')
    .slice(1)
    .map((outline) => {
      const [request = '', data = ''] = [...outline.matchAll(/"""\n(.*?)\n\s*"""/gs)].map(([, body = '']) =>
        unindent(body),
      );
      const [before = '', examples = ''] = outline.split('Examples:');
      const attributes = rows(before)
        .slice(1)
        .map(([name = '', value = '']): [string, string] => [name, value]);
      return {
        request,
        data,
        attributes,
        contentTypes: rows(examples)
          .slice(1)
          .map(([type = '']) => type),
      };
    });
}

function rows(text: string): string[][] {
  return [...text.matchAll(/^\s*\|(.+)\|\s*$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim()),
  );
}

function unindent(text: string): string {
  const indent = /^ */.exec(text)?.[0].length ?? 0;
  return text
    .split('\n')
    .map((line) => line.slice(indent))
    .join('\n');
}

function readRequest(text: string): {headers: Record<string, string>; body: Buffer} {
  const [head = '', ...body] = text.split('\n\n');
  const headers = head
    .split('\n')
    .slice(1)
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    });
  return {headers: Object.fromEntries(headers), body: Buffer.from(body.join('\n\n'))};
}
