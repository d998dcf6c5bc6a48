/** routing.decided → response.generated */
import {fileURLToPath} from 'node:url';
import {Content, responseGenerated, routingDecided} from '#events';
import {type Config, readJson, service} from '#kit';
import {readOwnOrganization, readVocabulary, settingsFolder} from '#settings';
import {draft} from './draft.ts';
import {readTemplates} from './templates.ts';

const templatesFolder = fileURLToPath(new URL('./templates/', import.meta.url));

export default service({
  name: 'response',
  receives: routingDecided,
  replies: [responseGenerated],
  async start({config}: {config: Config}) {
    const {templates} = await readVocabulary(config);
    return {
      letters: readTemplates(templatesFolder, templates, await settingsFolder(config)),
      organization: await readOwnOrganization(config),
    };
  },
  async handle({data}, {started: {letters, organization}, blobs, keep, replyId}) {
    const {documentId, template, category, language} = data;
    const content = await readJson(blobs, data.content, Content);
    const enclosed = await Promise.all((data.enclosed ?? []).map((ref) => readJson(blobs, ref, Content)));
    const {answer, missing, needsReview, generator} = draft(letters, {
      template,
      category,
      content,
      enclosed,
      language,
      caseNumber: data.thread?.case,
      signedIn: organization.nameIn,
    });
    return responseGenerated({
      documentId,
      responseId: replyId(responseGenerated),
      draft: await keep(responseGenerated, documentId, 'answer', answer),
      language,
      method: 'template',
      missing,
      needsReview: needsReview || data.handler === 'human',
      generator,
    });
  },
});
