/** every event → kept, once · GET /documents, /documents/:id, /facts, /alarms */
import {anything, service} from '#kit';
import {showAlarms, showDocument, showDocuments, showFacts} from './doors.ts';
import {oldestUnfinished, unfinished} from './gauges.ts';
import {keep} from './keep.ts';
import {archiveTables} from './tables.ts';

export default service({
  name: 'archive',
  receives: anything,
  once: 'pure',
  tables: archiveTables,
  gauges: [oldestUnfinished, unfinished],
  async handle(event, {change, log}) {
    change((transaction, after) => keep(event, transaction, {after, log}));
    return undefined;
  },
  routes: {
    'GET /documents': showDocuments,
    'GET /documents/:id': showDocument,
    'GET /facts': showFacts,
    'GET /alarms': showAlarms,
  },
});
