import { type Answer, envelope, garbage, unsuccessful } from './answer.ts';
import type { OrderFaultOptions } from './faults.ts';

/** The answer that goes out in place of the right one. */
export function spoil(answer: Answer, kind: string, options: OrderFaultOptions): Answer {
  switch (kind) {
    case 'hang':
    case 'reset':
    case 'broken-off':
      return { ...answer, arrives: kind };
    case 'slow':
      return { ...answer, delayMs: options.delayMs ?? 0 };
    case '500':
      return envelope(500, 'Internal server error');
    case 'unreadable':
      return { status: 200, text: garbage };
    case 'success-false':
      return unsuccessful('The request could not be completed');
    case 'unauthorized':
      return envelope(401, 'Invalid or missing API key');
    case 'out-of-stock':
      return envelope(400, 'Product is out of stock');
    case 'insufficient-balance':
      return envelope(400, 'Insufficient balance');
    case 'rate-limited':
      return { ...envelope(429, 'Too many requests'), ...retryAfter(options) };
    case 'rate-limited-without-envelope':
      return { status: 429, text: 'Too Many Requests', ...retryAfter(options) };
    default:
      return answer;
  }
}

function retryAfter({ retryAfter: seconds }: OrderFaultOptions): Pick<Answer, 'headers'> {
  return seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } };
}
