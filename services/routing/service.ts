/** document.classified → routing.decided, or document.closed where there is nobody to answer */
import {documentClassified, documentClosed, routingDecided} from '#events';
import {type Config, service} from '#kit';
import {readSetting, readVocabulary} from '#settings';
import {keepQueue, queueOf, routingTables} from './cases.ts';
import {closedFor} from './closed.ts';
import {decide} from './decide.ts';
import {readRules} from './rules.ts';

const rulesFile = new URL('./rules.yaml', import.meta.url);

export default service({
  name: 'routing',
  receives: documentClassified,
  replies: [routingDecided, documentClosed],
  tables: routingTables,
  async start({config}: {config: Config}) {
    const {text, name} = await readSetting(config, 'rules.yaml', rulesFile);
    return readRules(text, name, await readVocabulary(config));
  },
  async handle({data}, {started: rules, log}) {
    const {documentId, category, confidence, language, signals = [], machine = null} = data;
    const reason = closedFor({machine, signals, double: data.doubles?.of ?? null});
    if (reason !== undefined) return documentClosed({documentId, reason});
    const correction = 0;
    const follows = data.thread?.follows ?? null;
    const circumstances = {category, confidence, language, correction, signals, reply: follows !== null};
    return async (transaction) => {
      const now = new Date();
      const caseQueue = follows === null ? undefined : await queueOf(transaction, follows);
      const {failed, ...decision} = decide(rules, circumstances, now, caseQueue);
      for (const sentence of failed) log('warn', sentence, {document: documentId});
      if (data.thread !== undefined && follows === null)
        await keepQueue(transaction, {documentId, queue: decision.queue}, now);
      return routingDecided({...data, correction, ...decision});
    };
  },
});
