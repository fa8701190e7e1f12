/** The topics of `GET /api/v1/events`. */
export type Topic = 'library' | 'plans' | 'runs' | 'services' | 'archive' | 'jobs';

/** What a `load` depends on to be run again when a topic changes: `depends(live('runs'))`. */
export const live = (topic: Topic): `live:${Topic}` => `live:${topic}`;
