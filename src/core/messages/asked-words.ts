import type { Asked } from '../manifest/asked.ts';

/** What is said of an activity that is approved, and of one that is done (S-009). */
export type AskedWords = {
  /** Headings of a page. */
  readonly people: string;
  readonly said: string;
  /** What somebody did, as a link or beside their name. */
  readonly verbs: { readonly approve: string; readonly reject: string };
  /** The same of an activity that they did it to. */
  readonly acts: { readonly approve: string; readonly reject: string };
  /** What it came to. */
  readonly outcomes: { readonly approved: string; readonly rejected: string };
  readonly undecided: string;
  readonly changed: string;
  readonly authors: string;
  readonly claimed: string;
};

const approval: AskedWords = {
  people: 'Approvals',
  said: 'Votes',
  verbs: { approve: 'approved', reject: 'rejected' },
  acts: { approve: 'approved', reject: 'rejected' },
  outcomes: { approved: 'approved', rejected: 'rejected' },
  undecided: 'Nobody decided before',
  changed: 'What had to be decided here has changed',
  authors: 'Authors of the manifest do not vote',
  claimed: 'Named as authors by a commit, so they may only reject',
};

const deed: AskedWords = {
  people: 'Assigned to',
  said: 'What was said',
  verbs: { approve: 'did it', reject: 'cannot do it' },
  acts: { approve: 'did', reject: 'cannot do' },
  outcomes: { approved: 'done', rejected: 'failed' },
  undecided: 'Nobody did it before',
  changed: 'What had to be done here has changed',
  authors: 'Authors of the manifest leave this to others',
  claimed: 'Named as authors by a commit, so they may only say that it cannot be done',
};

export const askedWords: { readonly [A in Asked]: AskedWords } = { approval, deed, input: deed };
