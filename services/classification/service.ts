/** document.ingested → document.classified */
import {Content, categories, documentClassified, documentIngested} from '#events';
import {readJson, service} from '#kit';
import {classify} from './classify.ts';
import {type Model, readModel} from './model.ts';
import {shippedModel} from './predict.ts';

export default service({
  name: 'classification',
  receives: documentIngested,
  replies: [documentClassified],
  start: async () => knownOnly(await readModel(shippedModel)),
  async handle({data}, {started: model, blobs, keep}) {
    const {title, text} = await readJson(blobs, data.content, Content);
    const {explanation, ...found} = classify(model, title === null ? text : `${title}\n\n${text}`);
    const {documentId} = data;
    const words =
      explanation === null ? null : await keep(documentClassified, documentId, 'explanation', explanation);
    const {name, version} = model;
    return documentClassified({...data, ...found, explanation: words, model: {name, version}});
  },
});

/** @throws Error where a model could say a category that no rule can ask for. */
function knownOnly(model: Model): Model {
  const unknown = model.categories.filter((category) => !categories.includes(category));
  if (unknown.length === 0) return model;
  throw new Error(
    `Expected a model of the categories ${categories.join(', ')}, got ${unknown.join(', ')} too.`,
  );
}
