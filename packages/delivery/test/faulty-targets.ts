import { newAuthority, newCertificate } from '@interview-webhooks/testing';
import { httpReceiver, httpsReceiver, type Receiver } from './receivers.ts';

/** Somewhere to send to, where something goes wrong. */
export interface Target {
  url: string;
  receiver?: Receiver;
  /** Must not be connected to. */
  forbidden?: Receiver;
}

export const LOOPBACK = '127.0.0.1';
export const trustedAuthority = await newAuthority('Trusted authority');

/** What each name gives when it is looked up; they exist nowhere else. */
const names = new Map<string, () => Promise<readonly string[]>>([
  ['receiver.example', () => Promise.resolve([LOOPBACK])],
  ['unanswered.example', () => new Promise(() => undefined)],
]);

export function lookup(hostname: string): Promise<readonly string[]> {
  const noSuchName = Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
  return names.get(hostname)?.() ?? Promise.reject(noSuchName);
}

/** A receiver by its address. */
export async function by(starting: Promise<Receiver>): Promise<Target> {
  const receiver = await starting;
  return { url: receiver.url, receiver };
}

/** A receiver whose name gives these addresses, one for each look-up. */
export async function named(name: string, ...answers: string[]): Promise<Target> {
  const receiver = await httpReceiver((_request, response) => response.end());
  const left = [...answers];
  names.set(name, () => Promise.resolve(left.splice(0, 1)));
  return { url: `http://${name}:${receiver.port}/hook`, receiver };
}

/** A receiver called `receiver.example` with a certificate for `host`. */
export async function certified(
  host: string,
  { authority = trustedAuthority, expired = false } = {},
): Promise<Target> {
  const certificate = await newCertificate({ hosts: [host], authority, expired });
  const receiver = await httpsReceiver(certificate, (_request, response) => response.end());
  return { url: `https://receiver.example:${receiver.port}/hook`, receiver };
}
