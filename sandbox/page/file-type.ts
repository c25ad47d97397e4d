import { extname } from 'node:path';

interface Named {
  filename: string;
  contentType: string;
}

const byName: Record<string, string> = {
  '.txt': 'text/plain',
  '.log': 'text/plain',
  '.md': 'text/markdown',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/** What is in a file. Clients go by the name: bots often send no type. */
export const fileType = ({ filename, contentType }: Named): string =>
  byName[extname(filename).toLowerCase()] ?? contentType;
