import { z } from 'zod';
import { amountOf } from './amounts.ts';
import { type Answer, envelope } from './answer.ts';
import type { Books, Terms } from './books.ts';
import type { OrderFault, Planned } from './faults.ts';
import { orderCreated } from './order-views.ts';
import { invalidBody, quantity } from './request-body.ts';
import { spoil } from './spoil.ts';

const orderBody = z
  .object({
    item_code: z.string().min(1).optional(),
    item_id: z.string().min(1).optional(),
    quantity,
    email: z.email().optional(),
  })
  .transform((body, context) => {
    const itemCode = body.item_code ?? body.item_id;
    if (itemCode) return { itemCode, quantity: body.quantity };
    context.addIssue({ code: 'custom', path: ['item_code'], message: 'is required' });
    return z.NEVER;
  });

function termsUnder(fault: Planned<OrderFault> | undefined, ordered: number): Terms {
  const missing = fault?.missing ?? 1;
  switch (fault?.kind) {
    case 'charged-more':
      return { unitPrice: fault.price === undefined ? undefined : amountOf(fault.price) };
    case 'codes-late':
      return { ready: 0, looks: fault.looks };
    case 'codes-partly-late':
      return { ready: Math.max(0, ordered - missing), looks: fault.looks };
    case 'codes-missing':
      return { missing };
    case 'code-twice':
      return { isTwice: true };
    default:
      return {};
  }
}

/** The answer in a shape that no documentation has. */
function oddly(data: ReturnType<typeof orderCreated>, fault: Planned<OrderFault> | undefined): object {
  const { codes } = data;
  switch (fault?.kind) {
    case 'odd-amount':
      return { ...data, amount: fault.amount };
    case 'codes-unlisted':
      return { ...data, codes: codes.length === 1 ? codes[0] : { ...codes } };
    case 'endless': {
      const again = Array.from({ length: 20_000 }, (_, at) => codes[at % codes.length]);
      return { ...data, order_no: 'N'.repeat(2_000_000), codes: again };
    }
    default:
      return data;
  }
}

/** Faults that answer without having booked anything. */
const nothingBooked: ReadonlySet<string> = new Set<OrderFault>([
  'rate-limited',
  'rate-limited-without-envelope',
  'out-of-stock',
  'insufficient-balance',
  'unauthorized',
]);

/**
 * `POST /orders`. A fault decides whether the order is booked, and what of the answer arrives.
 * `later` keeps what is to be booked only after the answer.
 */
export function createOrder(
  books: Books,
  body: unknown,
  fault: Planned<OrderFault> | undefined,
  later: (commit: () => void, delayMs: number | undefined) => void,
): Answer {
  const parsed = orderBody.safeParse(body);
  if (!parsed.success) return invalidBody(parsed.error);
  const order = parsed.data;
  const place = (): Answer => {
    const placed = books.place(order.itemCode, order.quantity, termsUnder(fault, order.quantity));
    if (!('orderId' in placed)) return envelope(placed.status, placed.message);
    return envelope(200, 'Order created', oddly(orderCreated(placed), fault));
  };
  if (!fault) return place();
  const [, spoiled = fault.kind, when] = /^(.+)-(before|after|late)-commit$/.exec(fault.kind) ?? [];
  if (when === 'late') later(place, fault.delayMs);
  const unbooked = when === 'before' || when === 'late' || nothingBooked.has(fault.kind);
  return spoil(unbooked ? envelope(200, 'Order created', {}) : place(), spoiled, fault);
}
