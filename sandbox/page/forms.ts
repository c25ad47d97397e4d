import type { Exchange } from '../discord/start-discord.ts';
import type { ModalView } from './contract.ts';

export type Forms = ReturnType<typeof createForms>;

/** The form that each person has open: one at a time, the newest. */
export function createForms() {
  const forms = new Map<string, { exchange: Exchange; place: string }>();
  return {
    /** Keeps what an exchange has opened, if it opened anything. */
    note(userId: string, place: string, exchange: Exchange): void {
      if (exchange.modal) forms.set(userId, { exchange, place });
    },
    find(userId: string, id: string): { exchange: Exchange; place: string } | undefined {
      const form = forms.get(userId);
      return form?.exchange.id === id ? form : undefined;
    },
    close(userId: string, id: string): void {
      if (forms.get(userId)?.exchange.id === id) forms.delete(userId);
    },
    open(userId: string): ModalView | null {
      const form = forms.get(userId);
      const modal = form?.exchange.modal;
      if (!form || !modal) return null;
      const { title, components } = modal;
      return { id: form.exchange.id, title, place: form.place, components };
    },
  };
}
