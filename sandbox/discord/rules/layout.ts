import { type Component, flatten } from '../component.ts';
import type { Problem } from '../errors.ts';
import { lengthOf } from './form.ts';

const MAX_COMPONENTS = 40;
const MAX_TEXT = 4000;

const duplicates = (all: readonly Component[]): Problem[] => {
  const ids = all.flatMap((one) => one.custom_id ?? []);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return twice.map(() => ({
    path: [],
    code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
    message: 'Component custom id cannot be duplicated',
  }));
};

const sizes = (all: readonly Component[]): Problem[] => {
  const problems: Problem[] = [];
  if (all.length > MAX_COMPONENTS)
    problems.push({
      path: [],
      code: 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
      message: `The total number of components cannot exceed ${MAX_COMPONENTS}`,
    });
  const shown = all.reduce((sum, one) => sum + lengthOf(one.content ?? ''), 0);
  if (shown > MAX_TEXT)
    problems.push({
      path: [],
      code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      message: `Displayable text size exceeds maximum size of ${MAX_TEXT}`,
    });
  return problems;
};

const missingFiles = (all: readonly Component[], fileNames: readonly string[]): Problem[] =>
  all
    .flatMap((one) => one.file?.url ?? one.media?.url ?? [])
    // Of a thumbnail, any other address is fetched; of a file, none is.
    .filter((url) => url.startsWith('attachment://') || all.some(({ file }) => file?.url === url))
    .filter((url) => !fileNames.some((name) => url === `attachment://${name}`))
    .map((url) => ({
      path: [],
      code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
      message: `The referenced attachment was not found: ${url}`,
    }));

/** What only the whole of a message's components shows: sums, doubles, files that aren't there. */
export const layoutProblems = (components: readonly Component[], fileNames: readonly string[]): Problem[] => {
  const all = flatten(components);
  return [...duplicates(all), ...sizes(all), ...missingFiles(all, fileNames)].map((problem) => ({
    ...problem,
    path: ['components'],
  }));
};
