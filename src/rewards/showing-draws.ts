import type { Campaign } from './campaign.ts';
import { drawFileText } from './draw-file.ts';
import type { Drawing } from './drawing.ts';
import type { DrawShown } from './ports.ts';

/** What came of a campaign's draw; undefined before it. */
export const createShowingDraws =
  ({ drawing }: { drawing: Pick<Drawing, 'resultOf'> }) =>
  async (campaign: Campaign): Promise<DrawShown | undefined> => {
    const file = await drawing.resultOf(campaign);
    return file && { winners: file.winners.map(({ user }) => user), file: drawFileText(file) };
  };
