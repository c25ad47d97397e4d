const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/** This machine itself, where the stand-ins are. */
export const isLoopback = (hostname: string): boolean => LOOPBACK.test(hostname);

/**
 * May a secret travel to this address? `https:` anywhere, `http:` only to this machine itself
 * (localhost, 127.0.0.0/8, [::1]), where the stand-ins are.
 */
export function isSafeUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
