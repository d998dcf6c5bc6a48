import {chosenModel, ofCategories} from './chosen-model.ts';
import {type Classification, classify} from './classify.ts';
import {readModel} from './model.ts';

/**
 * What the service would say about a text, for whoever has a text and no event.
 *
 * @param from A model's file, or the folder of settings whose model the service would take. (Default: what ships)
 * @throws Error when the model can't be read.
 */
export async function predictor(
  from: {readonly file?: string | undefined; readonly settingsDirectory?: string | undefined} = {},
): Promise<(text: string) => Classification> {
  const {file, settingsDirectory} = from;
  const model =
    file === undefined ? await chosenModel(ofCategories, {settingsDirectory}) : await readModel(file);
  return (text) => classify(model, text);
}
