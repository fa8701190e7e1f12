export { operationsApi } from './api.ts';
export { eventsApi } from './events.api.ts';
export { edgeApi } from './edge.api.ts';
export { createHealthService } from './health.service.ts';
export { createLogFiles } from './logs.files.ts';
export { createMetricsService } from './metrics.service.ts';
export { statsApi } from './stats.api.ts';
export { createStatsService } from './stats.service.ts';
