import type { Asked } from '../manifest/asked.ts';
import type { ActivityStatus, PhaseStatus, ReleaseStatus } from '../release/status.ts';

/** An attempt that another one replaced shows so on its own page; its activity goes on. */
export type ShownStatus = ActivityStatus | 'superseded';

/** What an activity waits for, by what it asks (S-028, S-126). */
const waitingWords: { readonly [A in Asked]: string } = {
  approval: 'Awaiting approval',
  deed: 'To do',
  input: 'Waiting for input',
};

/** Where an activity stands. Display names are the field's (design 2; S-028, S-041, S-042, S-126). */
export const statusWords = (status: ShownStatus, asked: Asked): string => {
  if (status === 'waiting') return waitingWords[asked];
  return status === 'rejected' && asked !== 'approval' ? 'Failed' : activityWords[status];
};

const activityWords: { readonly [S in Exclude<ShownStatus, 'waiting'>]: string } = {
  pending: 'Pending',
  deferred: 'Deferred',
  blocked: 'Blocked',
  held: 'On hold',
  running: 'Running',
  approved: 'Completed',
  succeeded: 'Completed',
  failed: 'Failed',
  rejected: 'Rejected',
  expired: 'Expired',
  ignored: 'Ignored',
  skipped: 'Skipped',
  aborted: 'Aborted',
  superseded: 'Superseded',
};

/** S-122. */
export const phaseWords: { readonly [S in PhaseStatus]: string } = {
  pending: 'Pending',
  'waiting-for-approval': 'Waiting for approval',
  succeeded: 'Completed',
  failed: 'Failed',
};

/** S-119. */
export const releaseWords: { readonly [S in ReleaseStatus]: string } = {
  scheduled: 'Scheduled',
  running: 'Running',
  'on-hold': 'On hold',
  succeeded: 'Succeeded',
  'partially-succeeded': 'Partially succeeded',
  aborted: 'Aborted',
  failed: 'Failed',
  closed: 'Closed',
  cancelled: 'Cancelled',
};

export const activityMark: { readonly [S in ShownStatus]: string } = {
  pending: '▫️',
  waiting: '⏳',
  deferred: '⏸️',
  blocked: '⛔',
  held: '⏸️',
  running: '🚀',
  approved: '✅',
  succeeded: '✅',
  failed: '❌',
  rejected: '❌',
  expired: '⌛',
  ignored: '⚠️',
  skipped: '⏭️',
  aborted: '🚫',
  superseded: '↪️',
};
