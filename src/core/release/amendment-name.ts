/**
 * A configuration takes force as a release of its own, which the custodians of the one before it approve (T7): the same
 * issue, votes, scope and record as everywhere. No manifest can have such a name.
 */
export const amendmentPrefix = 'countersign.configuration.';

export const isAmendmentName = (release: string): boolean =>
  /^countersign\.configuration\.[1-9][0-9]{0,8}$/.test(release);
