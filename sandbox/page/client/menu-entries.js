/** @import { Component as Part, GuildView, View } from '../contract.ts' */

/** What one may choose in a menu. */
/** @typedef {{ value: string, label: string, note: string }} Entry */

/** @param {Part} part @param {GuildView | undefined} guild @returns {Entry[]} */
function peopleEntries({ type }, guild) {
  const users = (guild?.members ?? []).map(({ id, name, isBot }) => ({
    value: id,
    label: name,
    note: isBot ? 'APP' : '',
  }));
  const roles = (guild?.roles ?? []).map(({ id, name }) => ({
    value: id,
    label: `@${name}`,
    note: 'role',
  }));
  const channels = (guild?.channels ?? []).map(({ id, name }) => ({
    value: id,
    label: `# ${name}`,
    note: '',
  }));
  if (type === 5) return users;
  if (type === 6) return roles;
  return type === 7 ? [...users, ...roles] : channels;
}

/** @param {Part} part @param {GuildView | undefined} guild @returns {Entry[]} */
export const entriesOf = (part, guild) =>
  part.type === 3
    ? (part.options ?? []).map(({ label, value, description = '' }) => ({
        value,
        label,
        note: description,
      }))
    : peopleEntries(part, guild);

/** What is chosen before anybody touches it. @param {Part} part */
export const presetsOf = (part) => [
  ...(part.options ?? []).filter((one) => one.default).map(({ value }) => value),
  ...(part.default_values ?? []).map(({ id }) => id),
];

/** Of what is chosen and not among the entries any more. @param {string} id @param {View['names']} names */
export const nameOf = (id, names) =>
  names.users[id] ??
  (names.roles[id] ? `@${names.roles[id]}` : undefined) ??
  (names.channels[id] ? `# ${names.channels[id]}` : undefined) ??
  id;
