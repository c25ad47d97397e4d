/** Discord's limit for the id of a button, a menu or a modal. */
const LIMIT = 100;

/** What a button carries: a verb, and one id or position that its handler looks up again. */
interface ButtonId {
  readonly verb: string;
  readonly argument: string;
}

/** "verb:argument"; undefined where it would not fit, so that the button is left out. */
export function packButtonId(verb: string, argument: string): string | undefined {
  const id = `${verb}:${argument}`;
  return id.length <= LIMIT ? id : undefined;
}

export function parseButtonId(id: string): ButtonId {
  const colon = id.indexOf(':');
  return colon < 0 ? { verb: id, argument: '' } : { verb: id.slice(0, colon), argument: id.slice(colon + 1) };
}

/** An item code with its quantity, as one argument: the quantity first, for an item code may hold anything. */
export function packItem(itemCode: string, quantity: number): string {
  return `${quantity}/${itemCode}`;
}

export function parseItem(argument: string): { itemCode: string; quantity: number } {
  const [quantity, itemCode] = halves(argument);
  return { itemCode, quantity: Number(quantity) };
}

/** An order and the number of the turn that a question is about, as one argument: its answer is good for that turn only. */
export function packTurn(order: string, turn: number): string {
  return `${order}/${turn}`;
}

export function parseTurn(argument: string): { order: string; turn: number } {
  const [order, turn] = halves(argument);
  return { order, turn: Number(turn) };
}

/** A page of a stored query or of a list, as one argument. */
export function packPage(query: string, page: string | number): string {
  return `${query}/${page}`;
}

export function parsePage(argument: string): { query: string; page: string } {
  const [query, page] = halves(argument);
  return { query, page };
}

function halves(argument: string): [string, string] {
  const slash = argument.indexOf('/');
  return [argument.slice(0, slash), argument.slice(slash + 1)];
}
