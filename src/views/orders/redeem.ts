import type { Guide } from '../../brands/index.ts';
import type { Words } from '../../i18n/index.ts';
import { lines, plain } from '../kit/text.ts';

/** How and where a card is redeemed, and what to do when that does not work. */
export function redeemText(guide: Guide | undefined, { redeem: w }: Words): string {
  if (!guide) return w.troubleOnly;
  const { steps, url, trouble } = guide;
  return lines(
    `**${w.title}**`,
    ...steps.map((text, index) => w.step(index + 1, plain(text, 150))),
    url !== undefined && w.at(new URL(url).host, url),
    trouble === undefined ? w.troubleOnly : w.trouble(plain(trouble, 150)),
  );
}
