import type { ActivityStatus, PhaseStatus, ReleaseStatus } from '../release/status.ts';

/** An attempt that another one replaced shows so on its own page; its activity goes on. */
export type ShownStatus = ActivityStatus | 'superseded';

/** Display names are the field's (design 2; S-041, S-042, S-119, S-122, S-126). */
export const activityWords: { readonly [S in ShownStatus]: string } = {
  pending: 'Pending',
  waiting: 'Awaiting approval',
  deferred: 'Deferred',
  blocked: 'Blocked',
  approved: 'Completed',
  rejected: 'Rejected',
  expired: 'Expired',
  ignored: 'Ignored',
  skipped: 'Skipped',
  aborted: 'Aborted',
  superseded: 'Superseded',
};

export const phaseWords: { readonly [S in PhaseStatus]: string } = {
  pending: 'Pending',
  'waiting-for-approval': 'Waiting for approval',
  succeeded: 'Completed',
  failed: 'Failed',
};

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
  approved: '✅',
  rejected: '❌',
  expired: '⌛',
  ignored: '⚠️',
  skipped: '⏭️',
  aborted: '🚫',
  superseded: '↪️',
};
