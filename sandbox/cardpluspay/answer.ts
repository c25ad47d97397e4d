import type { ServerResponse } from 'node:http';

/** What goes back, and in what state it arrives. */
export interface Answer {
  status: number;
  /** Sent as it is. */
  text: string;
  headers?: Record<string, string>;
  /** `hang`: nothing ever comes. `reset`: the connection is reset. `broken-off`: half of the body comes. */
  arrives?: 'hang' | 'reset' | 'broken-off' | undefined;
  delayMs?: number | undefined;
  /** Called when it went out, or was lost as `arrives` says. */
  ended?: (() => void) | undefined;
}

export function envelope(status: number, message: string, data?: object): Answer {
  return { status, text: JSON.stringify({ success: status < 400, message, data }) };
}

/** 200, with `success: false` in the envelope. */
export function unsuccessful(message: string, data?: object): Answer {
  return { status: 200, text: JSON.stringify({ success: false, message, data }) };
}

/** What a client would see if the server's own software failed in the middle of an answer. */
export const garbage = '<!doctype html><title>Oops</title> {"success": tr';

export function send(res: ServerResponse, answer: Answer): void {
  const { status, text, headers, arrives } = answer;
  if (arrives === 'hang') return;
  answer.ended?.();
  if (arrives === 'reset') {
    res.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(text);
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    ...headers,
  });
  if (arrives === 'broken-off') {
    res.write(body.subarray(0, body.length / 2), () => res.socket?.destroy());
    return;
  }
  res.end(body);
}
