import {command} from '../command.ts';
import type {Extractor} from '../documents/extract.ts';
import {exit} from '../failure.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized} from '../output/print.ts';

export default command({
  name: 'doc extract',
  summary: 'Read documents as ingestion does, without sending them in',
  usage: 'FILE… [-o FORMAT]',
  operands: [1, Number.POSITIVE_INFINITY],
  details: `Nothing has to run, and nothing is kept. A folder is read with all that is in it; - is stdin.
JSON has what a table leaves out: the text, the sender, and in parts what is attached, read as well. One FILE is one
object, several are an array.

Exit codes: 0 all were read · 1 none was, or stopped · 2 usage · 5 some were rejected or not to be opened.`,
  options: {
    name: {type: 'string', value: 'NAME', help: 'What stdin is called, such as letter.eml'},
    type: {type: 'string', value: 'TYPE', help: 'What it is said to be, such as text/plain; charset=koi8-r'},
    output,
  },
  examples: [
    ['dip doc extract letter.pdf -o json | jq -r .text', 'What DIP reads in a document'],
    ['dip doc extract letters/', 'Which files of a folder can be read, and why not'],
    ['dip doc extract mail.eml -o json | jq ".parts[].file"', 'What is attached to a mail'],
  ],
  async run({options, operands, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const {href} = new URL('../../ingestion/extract/extract.ts', import.meta.url);
    const {extractor}: {extractor(): Extractor} = await import(href);
    const [{extract}, {extractedView}, {findFiles}, {stdinSource}, {tellLeftOut}] = await Promise.all([
      import('../documents/extract.ts'),
      import('../documents/extracted-view.ts'),
      import('../documents/find-files.ts'),
      import('../documents/source.ts'),
      import('../documents/told.ts'),
    ]);
    const stdin = {filename: options.name ?? 'stdin', contentType: options.type};
    const found = await findFiles(operands, () => stdinSource(stdin, terminal));
    tellLeftOut(found, terminal);
    const reader = extractor();
    const documents = [];
    try {
      for (const source of found.sources) {
        if (terminal.signal.aborted) break;
        terminal.progress(`${documents.length} of ${found.sources.length} read: ${source.file}`);
        documents.push(await extract(source, reader, options.type ?? null));
      }
    } finally {
      terminal.progress('');
      await reader.close();
    }
    const [only] = documents;
    if (
      (format === 'json' || format === 'yaml') &&
      only &&
      operands.length === 1 &&
      found.sources.length === 1
    )
      terminal.print(await serialized(only, format));
    else await printList(documents, format, extractedView, terminal);
    terminal.signal.throwIfAborted();
    const read = documents.filter(({status}) => status === 'ingested').length;
    return read === documents.length ? exit.ok : read === 0 ? exit.error : exit.partial;
  },
});
