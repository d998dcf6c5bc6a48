/** document.classified → routing.decided */
import {readFile} from 'node:fs/promises';
import {documentClassified, routingDecided} from '#events';
import {service} from '#kit';
import {decide} from './decide.ts';
import {readRules} from './rules.ts';

const rulesFile = new URL('./rules.yaml', import.meta.url);

export default service({
  name: 'routing',
  receives: documentClassified,
  replies: [routingDecided],
  start: async () => readRules(await readFile(rulesFile, 'utf8'), 'rules.yaml'),
  async handle({data}, {started: rules, log}) {
    const {category, confidence, language} = data;
    const correction = 0;
    const {failed, ...decision} = decide(rules, {category, confidence, language, correction}, new Date());
    for (const sentence of failed) log('warn', sentence, {document: data.documentId});
    return routingDecided({...data, correction, ...decision});
  },
});
