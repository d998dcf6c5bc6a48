/** document.ingested → document.classified */
import {Content, documentClassified, documentIngested} from '#events';
import {type Config, readJson, service} from '#kit';
import {readSetting} from '#settings';
import {chosenModel, ofCategories, ofSignals} from './chosen-model.ts';
import {classifyTerms} from './classify.ts';
import {explain} from './explain.ts';
import {type FindSignals, signalFinder} from './signals/find-signals.ts';
import {withLearned} from './signals/learned.ts';
import {readSignals} from './signals/read-signals.ts';
import {termsOf} from './terms.ts';
import {textsOf} from './texts.ts';

/** Parts of a document that are read; whoever sends more sends a collection. */
const mostEnclosed = 20;

const signalsFile = new URL('./signals/signals.yaml', import.meta.url);

export default service({
  name: 'classification',
  receives: documentIngested,
  replies: [documentClassified],
  start: async ({config}: {config: Config}) => ({
    model: await chosenModel(ofCategories, config),
    findSignals: await readFinder(config),
  }),
  async handle({data}, {started: {model, findSignals}, blobs, keep}) {
    const content = await readJson(blobs, data.content, Content);
    const enclosed = (data.parts ?? []).flatMap((part) => part.content ?? []).slice(0, mostEnclosed);
    const parts = await Promise.all(enclosed.map((ref) => readJson(blobs, ref, Content)));
    const {letter, whole} = textsOf(content, parts);
    const terms = termsOf(letter);
    const {explanation, ...found} = classifyTerms(model, terms);
    const signals = findSignals(whole, whole === letter ? terms : undefined);
    const reasons = explain(explanation, signals);
    return documentClassified({
      ...data,
      ...found,
      explanation: reasons && (await keep(documentClassified, data.documentId, 'explanation', reasons)),
      enclosed,
      model: {name: model.name, version: model.version},
      signals: signals.map(({signal}) => signal),
    });
  },
});

async function readFinder(config: Config): Promise<FindSignals> {
  const {text, name} = await readSetting(config, 'signals.yaml', signalsFile);
  return withLearned(signalFinder(readSignals(text, name)), await chosenModel(ofSignals, config));
}
