import type { Connection } from './db.ts';

/**
 * COPY over node-postgres, which knows its messages but offers no call for them. An object with `submit` is a query of
 * one's own; these are the handlers its client calls. (The package pg-copy-streams does the same in 600 lines.)
 */
type Wire = {
  query: (text: string) => void;
  sendCopyFromChunk: (chunk: Buffer) => void;
  endCopyFrom: () => void;
  sendCopyFail: (reason: string) => void;
  stream: NodeJS.ReadWriteStream & { writableLength: number };
};

type Handlers = {
  submit: (wire: Wire) => void;
  handleCopyData: (message: { chunk: Buffer }) => void;
  handleCopyInResponse: (wire: Wire) => void;
  handleCommandComplete: () => void;
  handleReadyForQuery: () => void;
  handleError: (problem: Error) => void;
};

/** Reading stops while this much waits for the consumer. */
const AHEAD_BYTES = 1 << 20;

/** The rows of a `copy … to stdout`, as they come. */
export async function* copyTo(connection: Connection, statement: string): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let bytes = 0;
  const state: { end: { problem: Error | null } | null } = { end: null };
  let stream: Wire['stream'] | undefined;
  let wake = (): void => undefined;

  submit(connection, {
    start: (wire) => {
      stream = wire.stream;
      wire.query(statement);
    },
    data: (chunk) => {
      chunks.push(Buffer.from(chunk)); // the driver reuses its buffer
      bytes += chunk.length;
      if (bytes > AHEAD_BYTES) stream?.pause();
      wake();
    },
    end: (problem) => {
      state.end = { problem };
      wake();
    },
  });

  for (;;) {
    if (chunks.length > 0) {
      const ready = Buffer.concat(chunks);
      chunks = [];
      bytes = 0;
      stream?.resume();
      yield ready;
    } else if (state.end !== null) {
      if (state.end.problem) throw state.end.problem;
      return;
    } else {
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }
}

/** Feeds a `copy … from stdin`. When `rows` throws, the statement fails and nothing of it stays. */
export function copyFrom(
  connection: Connection,
  statement: string,
  rows: AsyncIterable<string>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let over = false;
    submit(connection, {
      start: (wire) => wire.query(statement),
      accept: (wire) =>
        void send(wire, rows, () => over).then(
          () => over || wire.endCopyFrom(),
          (problem: unknown) => over || wire.sendCopyFail(String(problem)),
        ),
      end: (problem) => {
        over = true;
        if (problem) reject(problem);
        else resolve();
      },
    });
  });
}

async function send(wire: Wire, rows: AsyncIterable<string>, isOver: () => boolean): Promise<void> {
  let batch = '';
  for await (const row of rows) {
    if (isOver()) return; // the server refused a row; the rest of the file has no reader
    batch += row;
    if (batch.length < 65_536) continue;
    wire.sendCopyFromChunk(Buffer.from(batch));
    batch = '';
    if (wire.stream.writableLength > AHEAD_BYTES)
      await new Promise((resolve) => wire.stream.once('drain', resolve));
  }
  if (batch !== '') wire.sendCopyFromChunk(Buffer.from(batch));
}

function submit(
  connection: Connection,
  on: {
    start: (wire: Wire) => void;
    data?: (chunk: Buffer) => void;
    accept?: (wire: Wire) => void;
    end: (problem: Error | null) => void;
  },
): void {
  const handlers: Handlers = {
    submit: on.start,
    handleCopyData: ({ chunk }) => on.data?.(chunk),
    handleCopyInResponse: (wire) => on.accept?.(wire),
    handleCommandComplete: () => undefined,
    handleReadyForQuery: () => on.end(null),
    handleError: (problem) => on.end(problem), // the client tells us nothing more after this
  };
  (connection as unknown as { query: (own: Handlers) => void }).query(handlers);
}
