/** The models that classification works with: those that ship, or the owner's in their place. */
import {isName, signals} from '#events';
import {type Config, messageOf} from '#kit';
import {ownModelFile} from '#settings';
import {type Model, readModel} from './model.ts';

/** What a model is there for. */
interface Post {
  /** What the owner's file is called. */
  readonly file: string;
  /** The model that is shipped, and that the service starts with where the owner has none. */
  readonly shipped: URL;
  /** What is wrong with a model of the owner's, a sentence each. */
  faults(model: Model): string[];
}

/** Says what a letter is about. */
export const ofCategories: Post = {
  file: 'categories.model',
  shipped: new URL('./models/consumer-finance-1.1.0.model', import.meta.url),
  faults: ({name, version, categories}) =>
    [name, version, ...categories]
      .filter((each) => !isName(each))
      .map(
        (each) =>
          `Expected lower-case words joined by \`_\`, \`-\` or \`.\` as name, version and categories, got \`${each}\`.`,
      )
      .concat(categories.length < 2 ? [`Expected at least two categories, got ${categories.length}.`] : []),
};

/** Tells letters that give a signal from all others. */
export const ofSignals: Post = {
  file: 'at-risk.model',
  shipped: new URL('./models/at-risk-1.0.0.model', import.meta.url),
  faults: ({categories, subject}) =>
    categories
      .filter((each) => !Object.hasOwn(signals, each))
      .map((each) => `Expected signals of ${Object.keys(signals).join(', ')} as categories, got \`${each}\`.`)
      .concat(
        subject === null
          ? [
              'Expected a model that has learned from letters without a signal too: this one finds one in each.',
            ]
          : [],
      ),
};

/** All that an owner's model can be there for. */
export const posts: readonly Post[] = [ofCategories, ofSignals];

/**
 * Reads the owner's model, or the one that ships where there is none.
 *
 * @throws Error with the file and what is wrong with it.
 */
export async function chosenModel(post: Post, config: Pick<Config, 'settingsDirectory'>): Promise<Model> {
  const own = await ownModelFile(config, post.file);
  if (own === undefined) return readModel(post.shipped);
  const {model, faults} = await checkModel(post, own);
  if (model === undefined || faults.length > 0) throw new Error(faults.join('\n'));
  return model;
}

/** A model of the owner's, and what is wrong with it, a line each; undefined where it can't be read. */
export async function checkModel(
  post: Post,
  file: string,
): Promise<{model: Model | undefined; faults: string[]}> {
  try {
    const model = await readModel(file);
    return {model, faults: post.faults(model).map((sentence) => `${file}: ${sentence}`)};
  } catch (error) {
    return {model: undefined, faults: [messageOf(error)]};
  }
}
