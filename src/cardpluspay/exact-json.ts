/**
 * The JSON value in these bytes, or undefined when they hold none (JSON has no undefined of its own).
 * A number that JavaScript would write otherwise ("5.00", twenty digits) stays the text that was
 * sent: amounts stay exact, and a PIN or code sent as a long number keeps its last digits.
 */
export function exactJson(bytes: Uint8Array): unknown {
  try {
    // fatal: a code with a broken character in it must not pass for a code
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), keepExact);
  } catch {
    return undefined;
  }
}

function keepExact(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? source
    : value;
}
