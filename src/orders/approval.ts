import type { Order, Step } from './order.ts';

/** Until when an order waits for somebody to decide. */
export function approvalEndsAt({ approval }: Pick<Order, 'approval'>): number {
  return approval?.endsAt ?? 0;
}

/** The step that ended an order's wait for approval: who decided what, or that nobody did. */
export function decisionOf({ history }: Pick<Order, 'history'>): Step | undefined {
  const asked = history.findLastIndex(({ status }) => status === 'awaiting_approval');
  return asked < 0 ? undefined : history[asked + 1];
}

/** The order as it was when its approval was asked for. */
export function whenAsked(order: Order): Order {
  const asked = order.history.findIndex(({ status }) => status === 'awaiting_approval');
  const history = order.history.slice(0, asked + 1);
  const { approval } = order;
  return {
    ...order,
    status: 'awaiting_approval',
    history,
    ...(approval && { approval: { ...approval, votes: [] } }),
  };
}
