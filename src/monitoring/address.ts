import { isIP } from 'node:net';
import { isLoopback } from '../lib/index.ts';

/** Where health and metrics are asked for. */
export interface HealthAddress {
  readonly host: string;
  /** 0: any that is free; the log says which. */
  readonly port: number;
}

const HIGHEST_PORT = 65_535;
const LOOPBACK = '127.0.0.1';

/** What `HEALTH_ADDRESS` says, a bare port for this machine alone; undefined for what is no address. */
export function parseHealthAddress(text: string): HealthAddress | undefined {
  const [, bracketed, plain, digits = ''] = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text.trim()) ?? [];
  const host = bracketed ?? plain ?? LOOPBACK;
  const port = Number(digits);
  const isHost = bracketed === undefined ? host === 'localhost' || isIP(host) === 4 : isIP(host) === 6;
  return digits !== '' && port <= HIGHEST_PORT && isHost ? { host, port } : undefined;
}

/** As it stands in an address of the web. */
const urlHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

export const addressText = ({ host, port }: HealthAddress): string => `${urlHost(host)}:${port}`;

/** Only programs of this machine reach it. */
export const isForThisMachine = ({ host }: HealthAddress): boolean => isLoopback(urlHost(host));

/** Where a program of this machine asks what listens there: on all addresses is on its own as well. */
export function healthUrl({ host, port }: HealthAddress): string {
  const own = { '0.0.0.0': LOOPBACK, '::': '::1' }[host] ?? host;
  return `http://${addressText({ host: own, port })}`;
}
