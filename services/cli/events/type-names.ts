/** The types of all contracts, for shells that complete them. */
export async function typeNames(): Promise<string[]> {
  const {contracts} = await import('./catalogue.ts');
  return contracts.map(({type}) => type);
}
