/** document.classified → routing.decided */
import {readFile} from 'node:fs/promises';
import {documentClassified, routingDecided} from '#events';
import {service} from '#kit';
import {decide} from './decide.ts';
import {type Ruleset, readRules} from './rules.ts';

const rulesFile = new URL('./rules.yaml', import.meta.url);
let rules: Ruleset;

export default service({
  name: 'routing',
  receives: documentClassified,
  replies: [routingDecided],
  async start() {
    rules = readRules(await readFile(rulesFile, 'utf8'), 'rules.yaml');
  },
  async handle({data}, {log}) {
    const {category, confidence, language} = data;
    const correction = 0;
    const {failed, ...decision} = decide(rules, {category, confidence, language, correction}, new Date());
    for (const sentence of failed) log('warn', sentence, {document: data.documentId});
    return routingDecided({...data, correction, ...decision});
  },
});
