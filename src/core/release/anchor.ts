import type { Anchor } from '../record/record.ts';

/** How an external id of a check run of ours names the newest checkpoint. */
export const anchorWords = ({ number, digest }: Anchor): string => `checkpoint=${number}:${digest}`;

/** The newest checkpoint that a check run of ours bears witness to: nobody else can write there (T8). */
export function anchorOf(externalId: string): Anchor | undefined {
  const match = /(?:^| )checkpoint=([1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(externalId);
  return match ? { number: Number(match[1]), digest: match[2] as string } : undefined;
}
