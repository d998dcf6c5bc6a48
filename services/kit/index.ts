export {
  type Contract,
  type DataOf,
  type Draft,
  type DraftOf,
  event,
  faultsOf,
  type Static,
  Type,
} from './contract.ts';
