import { type RemoteInfo, createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';

/** Addresses, or a name that this one is only another name of; or no answer at all. */
type Records = readonly string[] | 'silent';
type Zone = Readonly<Record<string, readonly Records[]>>;

const types = { A: 1, CNAME: 5, AAAA: 28 };
const INTERNET = 1;
const HEADER_BYTES = 12;
/** An answer, authoritative, to a question that wished for recursion. */
const FLAGS = 0x8580;

export interface NameServer extends AsyncDisposable {
  /** Its address, for who asks it. */
  readonly servers: readonly string[];
  /** How often each name was asked for, for addresses of either kind. */
  readonly asked: Readonly<Record<string, number>>;
  /** While this is true it answers nobody, whatever the zone says. */
  isSilent: boolean;
  /** Questions that it has not answered. */
  readonly unanswered: number;
}

/**
 * A DNS server on a UDP port of the loopback address (RFC 1035, one question a message).
 *
 * @param zone for each name what it answers the first time, the second and so on; the last for good. Nothing may be kept.
 *   What it answers for addresses of IPv6 alone may be under `NAME AAAA`.
 */
export async function nameServer(zone: Zone): Promise<NameServer> {
  const asked: Record<string, number> = {};
  let unanswered = 0;
  const socket = createSocket('udp4');
  socket.on('message', (question: Buffer, from: RemoteInfo) => {
    const { name, type, end } = questionIn(question);
    const times = (asked[`${name} ${type}`] ??= 0);
    asked[`${name} ${type}`] = times + 1;
    const records = self.isSilent ? 'silent' : recordsFor({ name, type, times }, zone);
    if (records === 'silent') unanswered++;
    else socket.send(reply(question.subarray(0, end), records), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const servers = [`127.0.0.1:${socket.address().port}`];
  const self: NameServer = {
    servers,
    isSilent: false,
    get unanswered() {
      return unanswered;
    },
    get asked() {
      return Object.fromEntries(Object.keys(zone).map((name) => [name, asked[`${name} ${types.A}`] ?? 0]));
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
  return self;
}

interface Question {
  name: string;
  type: number;
  times: number;
}

/** The records for a name, those of the names that it leads to behind it, as a resolver would give them. */
function recordsFor({ name, type, times }: Question, zone: Zone): Buffer[] | 'silent' {
  const answers = zone[type === types.AAAA ? `${name} AAAA` : name] ?? zone[name] ?? [];
  const records = answers[Math.min(times, answers.length - 1)] ?? [];
  if (records === 'silent') return 'silent';
  const found: Buffer[] = [];
  for (const value of records) {
    if (isIP(value)) {
      const own = isIP(value) === 4 ? types.A : types.AAAA;
      if (own === type) found.push(record(name, own, addressBytes(value)));
      continue;
    }
    const behind = recordsFor({ name: value, type, times }, zone);
    if (behind === 'silent') return 'silent';
    found.push(record(name, types.CNAME, nameBytes(value)), ...behind);
  }
  return found;
}

function questionIn(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function reply(question: Buffer, records: readonly Buffer[]): Buffer {
  const message = Buffer.concat([question, ...records]);
  message.writeUInt16BE(FLAGS, 2);
  message.writeUInt16BE(records.length, 6);
  // Neither authorities nor anything additional, whatever the question brought along.
  message.writeUInt32BE(0, 8);
  return message;
}

function record(name: string, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10); // type, class, a time to live of 0 and the length
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(INTERNET, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(name), fixed, data]);
}

function nameBytes(name: string): Buffer {
  const labels = name
    .split('.')
    .map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1'));
  return Buffer.concat([...labels, Buffer.alloc(1)]);
}

/** Of an IPv4 address, or of an IPv6 address in groups, where `::` stands for what is missing. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  const missing = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const groups = [...head, ...missing, ...tail];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
