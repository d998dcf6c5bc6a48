/**
 * every event → kept, once · GET /documents, /documents/:id, /facts, /alarms · POST /documents/:id/resume →
 * document.resumed → the facts published again at which the document's way breaks off
 */
import {alarmsShown, documentResumed, documentShown, documentsShown, factsShown, resumption} from '#events';
import {anything, door, service} from '#kit';
import {showAlarms, showDocument, showDocuments, showFacts} from './doors.ts';
import {oldestUnfinished, unfinished} from './gauges.ts';
import {keep} from './keep.ts';
import {announcer} from './kept.ts';
import {projectAnew} from './project.ts';
import {publishOpenEnds, resume} from './resume.ts';
import {archiveTables} from './tables.ts';

export default service({
  name: 'archive',
  receives: anything,
  publishes: [documentResumed],
  once: 'pure',
  tables: archiveTables,
  gauges: [oldestUnfinished, unfinished],
  start: async () => announcer(),
  upkeep: {
    failed: 'How documents stand is not found out anew',
    run: ({database}, signal) => projectAnew(database, {signal}),
  },
  async handle(event, {started: kept, change, log, database, publishAgain}) {
    await publishOpenEnds(event, {database, publishAgain});
    change((transaction, after) => keep(event, transaction, {after, log, kept}));
    return undefined;
  },
  routes: {
    'GET /documents': door({role: 'review', answers: documentsShown, handle: showDocuments}),
    'GET /documents/:id': door({role: 'submit', answers: documentShown, handle: showDocument}),
    'POST /documents/:id/resume': door({role: 'operate', answers: resumption, handle: resume}),
    'GET /facts': door({role: 'operate', answers: factsShown, handle: showFacts}),
    'GET /alarms': door({role: 'operate', answers: alarmsShown, handle: showAlarms}),
  },
});
