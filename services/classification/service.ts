/** document.ingested → document.classified */
import {Content, documentClassified, documentIngested} from '#events';
import {readJson, service} from '#kit';
import {classify} from './classify.ts';
import {readModel} from './model.ts';

const modelFile = new URL('./models/consumer-finance-1.0.0.model', import.meta.url);

export default service({
  name: 'classification',
  receives: documentIngested,
  replies: [documentClassified],
  start: () => readModel(modelFile),
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
