import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { amountText } from './amounts.ts';
import { type Answer, envelope } from './answer.ts';
import type { Books } from './books.ts';
import { listCatalog } from './catalog-route.ts';
import { createOrder } from './create-order.ts';
import type { createFaults, OtherFault, Planned } from './faults.ts';
import type { createLater } from './later.ts';
import { checkStock, listOrders, showOrder } from './order-routes.ts';
import type { createSigning } from './signing.ts';
import { spoil } from './spoil.ts';

export interface Incoming {
  method: string;
  /** Below /v1: `/orders/check`. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Parsed JSON, the text itself where it is none, `undefined` without a body. */
  body: unknown;
}

export interface Service {
  apiKey: string;
  books: Books;
  faults: ReturnType<typeof createFaults>;
  later: ReturnType<typeof createLater>;
  signing?: ReturnType<typeof createSigning> | undefined;
  oddCatalog: boolean;
}

/** Not documented: the path that this stand-in gives challenges at. */
const CHALLENGE_PATH = '/auth/challenge';

function isKey(given: string | string[] | undefined, key: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function unauthorized({ path, headers }: Incoming, service: Service): Answer | undefined {
  if (!isKey(headers['x-api-key'], service.apiKey)) {
    return envelope(401, 'Invalid or missing API key');
  }
  if (path === CHALLENGE_PATH) return undefined;
  const problem = service.signing?.problem(headers);
  return problem === undefined ? undefined : envelope(401, problem);
}

function challenge({ signing }: Service): Answer {
  if (!signing) return envelope(404, 'Request signing is not enabled for this account');
  const data = { challenge: signing.challenge(), expires_in: 300 };
  return envelope(200, 'Challenge created', data);
}

function dispatch(request: Incoming, { books, ...service }: Service, thin: boolean): Answer {
  const { method, path, query, body } = request;
  switch (`${method} ${path}`) {
    case 'GET /':
      return envelope(200, 'CardPlusPay API', { name: 'CardPlusPay API', version: 'v1' });
    case `GET ${CHALLENGE_PATH}`:
      return challenge({ books, ...service });
    case 'GET /balance': {
      const balance = amountText(books.balance());
      const data = { balance, currency: books.currency, state: 'success' };
      return envelope(200, 'Balance retrieved', data);
    }
    case 'GET /catalog':
      return listCatalog(books.products, query, service.oddCatalog);
    case 'POST /orders/check':
      return checkStock(books, body);
    case 'POST /orders':
      return createOrder(books, body, service.faults.takeForOrder(), service.later.add);
    case 'GET /orders':
      return listOrders(books, query, thin);
  }
  const id = method === 'GET' ? /^\/orders\/([^/]+)$/.exec(path)?.[1] : undefined;
  return id === undefined ? envelope(404, 'Not found') : showOrder(books, id);
}

/** The answer to a request: the right one, or what a queued fault makes of it. */
export function respond(request: Incoming, service: Service): Answer {
  const refused = unauthorized(request, service);
  if (refused) return refused;
  if (request.method === 'POST' && typeof request.body === 'string') {
    return envelope(400, 'The request body is not valid JSON');
  }
  const buys = request.method === 'POST' && request.path === '/orders';
  const fault: Planned<OtherFault> | undefined = buys ? undefined : service.faults.takeForOther(request.path);
  const answer = dispatch(request, service, fault?.kind === 'thin-rows');
  return fault ? spoil(answer, fault.kind, fault) : answer;
}
