import {type Classification, classify} from './classify.ts';
import {readModel} from './model.ts';

/** The model that is shipped, and that the service starts with. */
export const shippedModel = new URL('./models/consumer-finance-1.1.0.model', import.meta.url);

/** What the service would say about a text, for whoever has a text and no event. */
export async function predictor(): Promise<(text: string) => Classification> {
  const model = await readModel(shippedModel);
  return (text) => classify(model, text);
}
