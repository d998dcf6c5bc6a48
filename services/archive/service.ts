/** every event → kept, once · GET /documents, /documents/:id, /facts, /alarms */
import {alarmsShown, documentShown, documentsShown, factsShown} from '#events';
import {anything, door, service} from '#kit';
import {showAlarms, showDocument, showDocuments, showFacts} from './doors.ts';
import {oldestUnfinished, unfinished} from './gauges.ts';
import {keep} from './keep.ts';
import {announcer} from './kept.ts';
import {projectAnew} from './project.ts';
import {archiveTables} from './tables.ts';

export default service({
  name: 'archive',
  receives: anything,
  once: 'pure',
  tables: archiveTables,
  gauges: [oldestUnfinished, unfinished],
  start: async () => announcer(),
  upkeep: {
    failed: 'How documents stand is not found out anew',
    run: ({database}, signal) => projectAnew(database, {signal}),
  },
  async handle(event, {started: kept, change, log}) {
    change((transaction, after) => keep(event, transaction, {after, log, kept}));
    return undefined;
  },
  routes: {
    'GET /documents': door({role: 'review', answers: documentsShown, handle: showDocuments}),
    'GET /documents/:id': door({role: 'submit', answers: documentShown, handle: showDocument}),
    'GET /facts': door({role: 'operate', answers: factsShown, handle: showFacts}),
    'GET /alarms': door({role: 'operate', answers: alarmsShown, handle: showAlarms}),
  },
});
