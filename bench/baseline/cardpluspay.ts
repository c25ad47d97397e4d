const base = process.env.CARDPLUSPAY_BASE_URL ?? 'https://api.cardpluspay.com/v1';

export interface Product {
  item_code: string;
  product_name: string;
  brand?: string;
  price: string | number;
}

export interface Bought {
  order_id: number;
  amount: string | number;
  codes: { code: string; metadata?: Record<string, string>[] }[];
}

async function call(method: string, path: string, body?: object) {
  const response = await fetch(base + path, {
    method,
    headers: { 'X-API-Key': process.env.CARDPLUSPAY_API_KEY ?? '', 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: as tutorials do it, nothing is checked.
  const answer = (await response.json()) as any;
  if (!answer.success) throw new Error(answer.message);
  return answer.data;
}

export const getBalance = (): Promise<{ balance: string; currency: string }> => call('GET', '/balance');

export const checkStock = (item: string, quantity: number): Promise<{ price: number | string }> =>
  call('POST', '/orders/check', { item_id: item, quantity });

export const createOrder = (item: string, quantity: number): Promise<Bought> =>
  call('POST', '/orders', { item_code: item, quantity });

export async function getCatalog(): Promise<Product[]> {
  const products: Product[] = [];
  for (let page = 1, last = 1; page <= last; page++) {
    const data = await call('GET', `/catalog?per_page=100&page=${page}`);
    products.push(...data.products);
    last = data.pagination.last_page;
  }
  return products;
}
