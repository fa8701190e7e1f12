export { connectionsApi } from './api.ts';
export { connectionsJobs } from './jobs.ts';
export { createConnectionsService } from './service.ts';
export { createConnectionStore } from './store.ts';
