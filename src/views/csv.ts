/** Rows as CSV (RFC 4180), each field exactly as it is. */
export function csv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** So that a spreadsheet takes what people wrote as text, and never as a formula that it carries out. */
export function tame(field: string): string {
  return /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(field) ? `'${field}` : field;
}
