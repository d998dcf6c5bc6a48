/**
 * Loads what reads a format when it is first needed.
 *
 * @throws Error that {@link isNotLoaded} knows: the machine's fault and never the document's, whatever the loader says of
 * it. With no descriptors left it speaks of a broken package.json, for one.
 */
export async function load<Module>(module: () => Promise<Module>): Promise<Module> {
  try {
    return await module();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const error = new Error(`What reads this document could not be loaded: ${said}`, {cause});
    // By its name alone an error is still known when it has left its thread.
    error.name = notLoaded;
    throw error;
  }
}

const notLoaded = 'NotLoaded';

/** Whether an error says that what reads a document could not be loaded. */
export function isNotLoaded(error: unknown): error is Error {
  return error instanceof Error && error.name === notLoaded;
}
