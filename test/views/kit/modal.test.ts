import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { type Field, modal, reasonModal } from '../../../src/views/kit/modal.ts';
import { nasty } from '../samples.ts';

const said = (text: string) => text.replaceAll(/[\p{C}\p{Z}]/gu, '') || 'x';

describe('a form', () => {
  it('is one that Discord takes, whatever its words are and whatever is filled in already', () => {
    fc.assert(
      fc.property(nasty, fc.boolean(), fc.nat(30), (text, required, max) => {
        const words = { label: said(text), description: text, placeholder: text, required };
        const fields: Field[] = [
          { kind: 'text', id: 'a', value: text, maxLength: 1 + max, ...words },
          { kind: 'text', id: 'b', isLong: true, value: text.repeat(20), ...words },
          { kind: 'choice', id: 'c', options: [{ label: text, value: 'v' }], max, ...words },
          { kind: 'role', id: 'd', chosen: ['1', '2', '3'], max, min: 0, ...words },
          { kind: 'channel', id: 'e', chosen: ['1'], ...words },
        ];
        const { custom_id, title, components } = modal('verb', 'x', said(text), fields);
        checkForm(modalRules, { custom_id, title, components });
        expect(components).toHaveLength(5);
      }),
    );
  });

  it('asks for every field, unless told otherwise', () => {
    const menu = { kind: 'role', id: 'who', label: 'Who', placeholder: 'Roles' } as const;
    const { components } = modal('verb', 'x', 'Form', [
      { kind: 'text', id: 'a', label: 'A' },
      { kind: 'text', id: 'b', label: 'B', required: false },
      { ...menu, min: 0 },
      { ...menu, id: 'others', required: false },
    ]);
    expect(components).toMatchObject([
      { component: { required: true } },
      { component: { required: false } },
      { component: { required: true } },
      { component: { required: false, min_values: 0 } },
    ]);
    expect(components[2]).not.toHaveProperty('component.min_values');
  });

  it('leaves out a menu in which there is nothing to choose', () => {
    const empty = { kind: 'choice', id: 'c', label: 'C', placeholder: 'C', options: [] } as const;
    const { components } = modal('v', 'x', 'X', [empty, { kind: 'text', id: 'a', label: 'A' }]);
    expect(components).toHaveLength(1);
  });

  it('for a reason wants one of three letters at least', () => {
    const form = reasonModal('approval.reject', '7', { title: 'Reject', label: 'Why' });
    expect(form).toEqual({
      ...{ custom_id: 'approval.reject:7', title: 'Reject' },
      components: [
        {
          ...{ type: 18, label: 'Why' },
          component: {
            ...{ type: 4, custom_id: 'reason', style: 2, required: true },
            ...{ min_length: 3, max_length: 300 },
          },
        },
      ],
    });
  });
});
