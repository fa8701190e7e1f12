/** Writes models as ONNX has them (see onnx.proto), for tests that bring their own. */

/** One number of the wire format of Protocol Buffers. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

const whole = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);

function bytes(field: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}
const message = (field: number, ...parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts));

const TYPES = { float: 1, int64: 7, bool: 9 } as const;
type Sides = readonly (string | number)[];

/** What goes in or comes out: a tensor whose sides are numbers, or names where they differ from time to time. */
export type Port = { name: string; type: keyof typeof TYPES; sides: Sides };

function port(field: number, { name, type, sides }: Port): Buffer {
  const shape = sides.map((side) => message(1, typeof side === 'string' ? bytes(2, side) : whole(1, side)));
  return message(field, bytes(1, name), message(2, message(1, whole(1, TYPES[type]), message(2, ...shape))));
}

/** A step of the graph. Its attributes are whole numbers or rows of them. */
export type Step = {
  does: string;
  from: readonly string[];
  to: string;
  with?: Readonly<Record<string, number | readonly number[]>>;
};

function step({ does, from, to, with: attributes = {} }: Step): Buffer {
  return message(
    1,
    ...from.map((name) => bytes(1, name)),
    bytes(2, to),
    bytes(4, does),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  );
}

function attribute(name: string, value: number | readonly number[]): Buffer {
  const [INT, INTS] = [2, 7];
  if (typeof value === 'number') return message(5, bytes(1, name), whole(3, value), whole(20, INT));
  return message(5, bytes(1, name), ...value.map((one) => whole(8, one)), whole(20, INTS));
}

/** Numbers that the model knows. */
export type Known = { name: string; sides: readonly number[]; values: Float32Array | BigInt64Array };

function known({ name, sides, values }: Known): Buffer {
  const type = values instanceof Float32Array ? TYPES.float : TYPES.int64;
  const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return message(5, ...sides.map((side) => whole(1, side)), whole(2, type), bytes(8, name), bytes(9, raw));
}

export type Graph = {
  steps: readonly Step[];
  known: readonly Known[];
  takes: readonly Port[];
  gives: readonly Port[];
};

export function onnxOf({ steps, known: tables, takes, gives }: Graph): Buffer {
  const graph = message(
    7,
    ...steps.map(step),
    bytes(2, 'tiny'),
    ...tables.map(known),
    ...takes.map((one) => port(11, one)),
    ...gives.map((one) => port(12, one)),
  );
  return Buffer.concat([whole(1, 8), graph, message(8, bytes(1, ''), whole(2, 17))]);
}
