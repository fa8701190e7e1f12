export { connectionsApi } from './api.ts';
export { connectionsJobs } from './jobs.ts';
export type { Prober, Probers } from './ports.ts';
export {
  createConnectionsService,
  type ConnectionProblem,
  type ConnectionsService,
  type PathTrial,
} from './service.ts';
export { createConnectionStore } from './store.ts';
