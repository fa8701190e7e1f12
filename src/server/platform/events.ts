import { EventEmitter, setMaxListeners } from 'node:events';

/** Something changed that a page may be showing. It carries no data: the page asks again and sees what it may see. */
export type Topic = 'library' | 'plans' | 'runs' | 'services' | 'jobs' | 'archive';

export type Events = {
  publish(topic: Topic): void;
  /** Gives back how to stop listening. */
  listen(hear: (topic: Topic) => void): () => void;
  /** Aborted when the program stops: who listens for long lets go. */
  ended: AbortSignal;
  end(): void;
};

export function createEvents(): Events {
  const bus = new EventEmitter<{ change: [Topic] }>();
  bus.setMaxListeners(0);
  const life = new AbortController();
  setMaxListeners(0, life.signal);
  return {
    publish: (topic) => void bus.emit('change', topic),
    listen(hear) {
      bus.on('change', hear);
      return () => void bus.off('change', hear);
    },
    ended: life.signal,
    end: () => life.abort(),
  };
}
