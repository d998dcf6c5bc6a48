import {command} from '../command.ts';
import {documentView} from '../documents/columns.ts';
import {description} from '../documents/description.ts';
import {notFound} from '../failure.ts';
import {hint} from '../hint.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized} from '../output/print.ts';
import {server} from '../server/address.ts';
import {shownBy} from '../server/answer.ts';
import {connect} from '../server/connect.ts';

export default command({
  name: 'doc describe',
  summary: 'Show one document, its answer and its facts',
  usage: 'ID [-o FORMAT]',
  operands: [1, 1],
  options: {output, server},
  examples: [
    ['dip doc describe doc-00000000000000000001', 'What became of a document, fact by fact'],
    ['dip doc describe doc-00000000000000000001 -o json | jq .facts', 'Its facts, for a script'],
  ],
  async run({options, operands: [documentId = ''], terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const [{documentShown}, {documentPath}, {heldFor}, {hasEnded}] = await Promise.all([
      import('#events'),
      import('../documents/wait.ts'),
      import('../documents/held.ts'),
      import('../documents/outcome.ts'),
    ]);
    const answering = connect(options.server, terminal);
    const answer = await answering.request(documentPath(documentId), {headers: {accept: 'application/json'}});
    if (answer.status === 404) {
      const reason = await heldFor(answering, documentId);
      if (reason !== undefined) throw notFound(`The archive has not heard of ${documentId} yet: ${reason}`);
      throw notFound(
        `There is no document ${documentId} at ${answering.url}. Next: ${hint(terminal, ['doc', 'list'], options)}`,
      );
    }
    const document = shownBy(answer, documentShown);
    if (format === 'table' || format === 'wide') {
      terminal.print(description(document, terminal.paint, format === 'wide'));
    } else if (format === 'json' || format === 'yaml') {
      terminal.print(await serialized(document, format));
    } else {
      await printList([document], format, documentView, terminal);
    }
    const reason = hasEnded(document) ? undefined : await heldFor(answering, documentId);
    if (reason !== undefined) terminal.note(`It waits, and goes on by itself once this is mended: ${reason}`);
  },
});
