/** document.classified → routing.decided, or document.closed where there is nobody to answer */
import {documentClassified, documentClosed, routingDecided} from '#events';
import {type Config, service} from '#kit';
import {readSetting, readVocabulary} from '#settings';
import {closedFor} from './closed.ts';
import {decide} from './decide.ts';
import {readRules} from './rules.ts';

const rulesFile = new URL('./rules.yaml', import.meta.url);

export default service({
  name: 'routing',
  receives: documentClassified,
  replies: [routingDecided, documentClosed],
  async start({config}: {config: Config}) {
    const {text, name} = await readSetting(config, 'rules.yaml', rulesFile);
    return readRules(text, name, await readVocabulary(config));
  },
  async handle({data}, {started: rules, log}) {
    const {documentId, category, confidence, language, signals = [], machine = null} = data;
    const reason = closedFor({machine, signals});
    if (reason !== undefined) return documentClosed({documentId, reason});
    const correction = 0;
    const circumstances = {category, confidence, language, correction, signals};
    const {failed, ...decision} = decide(rules, circumstances, new Date());
    for (const sentence of failed) log('warn', sentence, {document: documentId});
    return routingDecided({...data, correction, ...decision});
  },
});
