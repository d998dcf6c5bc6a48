export {ClusterError, Conflict, Forbidden, NoSuchContext} from './cluster-error.ts';
export {type Cluster, type ClusterOptions, connectCluster} from './connect.ts';
export {type KubeconfigOptions, knowsCluster} from './kubeconfig.ts';
export type {Place} from './place.ts';
