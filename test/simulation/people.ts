/** What may change about somebody: whether they are there, have Manage Server, or a role. */
export const standings = ['approver', 'buyer', 'manager', 'there'] as const;
export type Standing = (typeof standings)[number];

/** Two with Manage Server, one with no right but to ask, and one who approves once a role is set for it. */
export const people: readonly { user: string; has: readonly Standing[] }[] = [
  { user: 'anna', has: ['there', 'manager'] },
  { user: 'ben', has: ['there', 'manager'] },
  { user: 'cleo', has: ['there'] },
  { user: 'dora', has: ['there', 'approver', 'buyer'] },
  /** Sets, approves, stops and resumes. Stays, and loses nothing but the right to decide. */
  { user: 'olga', has: ['there', 'manager', 'approver'] },
];

/** Who buys, and of whom things change. */
export const pressers = people.slice(0, 4).map(({ user }) => user);
