import { createPictures } from '../../../../src/brands/pictures.ts';
import { seen } from '../../seen.ts';
import type { Sample } from '../sample.ts';

const pictures = createPictures({ log: { warn: () => undefined } });

/** Each once, under all the names of what looks the same. */
export function unlike(samples: readonly Sample[]): Sample[] {
  const same = Map.groupBy(samples, ({ view }) => seen(view).replaceAll(/ \S+:\S*$/gm, ''));
  return [...same.values()].flatMap(([first, ...more]) =>
    first ? { ...first, name: more.length > 0 ? `${first.name} (and ${more.length} more)` : first.name } : [],
  );
}

/** What the page in the browser draws. */
export function pageOf(area: string, samples: readonly Sample[]) {
  return {
    area,
    samples: samples.map(({ name, view }) => {
      const picture = view.picture === undefined ? undefined : pictures.pictureOf(view.picture);
      const files = (view.files ?? []).map((file) => fileOf(file.name, 'text/csv', Buffer.from(file.text), file.text));
      const image = picture && fileOf(picture.name, 'image/png', Buffer.from(picture.bytes), null);
      return { name, components: view.components, attachments: image ? [...files, image] : files };
    }),
    names: {
      users: {
        ...{ '200000000000000001': 'Alice', '200000000000000002': 'Bob', '200000000000000003': 'Cleo' },
        ...Object.fromEntries(
          Array.from({ length: 17 }, (_, at) => [String(200_000_000_000_000_004n + BigInt(at)), `Member ${at + 4}`]),
        ),
      },
      roles: { '77': 'Quiz crew', '500000000000000001': 'Quiz crew', '500000000000000002': 'Approvers' },
      channels: { '400000000000000001': 'general', '400000000000000002': 'giveaways' },
    },
  };
}

const fileOf = (filename: string, contentType: string, bytes: Buffer, text: string | null) => ({
  ...{ id: filename, filename, contentType, size: bytes.length, description: '', text },
  url: `data:${contentType};base64,${bytes.toString('base64')}`,
});
