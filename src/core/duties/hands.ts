import type { Author } from '../release/event.ts';
import type { Writer } from '../release/facts.ts';
import type { Known, Person, Sha } from '../values.ts';
import { addresseeOf } from './address.ts';
import { type CommitText, signaturesOf } from './commit-text.ts';

/** What the host knows about a commit. */
export type Attribution = {
  /** Pull requests that brought the commit: who opened and who merged each. */
  readonly pulls: readonly {
    readonly number: number;
    readonly openedBy: Writer;
    readonly mergedBy: Writer;
  }[];
  /** Accounts that the commit's e-mail addresses were attributed to: a claim, not a proof. */
  readonly accounts: readonly { readonly email: string; readonly account: Person }[];
  /** Whether that is all of it. */
  readonly whole: boolean;
};

/** Who had a hand in a commit (T16). */
export type Hands = {
  readonly commit: Sha;
  /** The author's name as the commit gives it. */
  readonly name: string;
  /** People whom the host knows to have opened, merged or pushed it. */
  readonly proven: readonly Person[];
  /** A bot did one of these, and the host knows it. */
  readonly byMachine: boolean;
  /** People whom the commit's e-mail addresses name. */
  readonly claimed: readonly Person[];
  /** Names whose addresses stand for no account. */
  readonly nameless: readonly string[];
};

// The account that GitHub commits with when somebody uses its web pages; it stands for nobody.
const webCommitter = 'web-flow';

/** Everybody who had a hand in a commit. `host` is the domain of the host's own addresses, such as `github.com`. */
export function handsOn(
  commit: CommitText,
  { pulls, accounts }: Attribution,
  pusher: Writer | undefined,
  host: string,
): Hands {
  const known = new Map(accounts.map(({ email, account }) => [email.toLowerCase(), account]));
  const signatures = signaturesOf(commit).map(({ name, email }) => {
    const account = known.get(email.toLowerCase());
    return { name, addressee: account ? asAddressee(account) : addresseeOf(email, host) };
  });
  const named = signatures.map(({ addressee }) => addressee);
  const acting = [
    ...pulls.flatMap(({ openedBy, mergedBy }) => [openedBy, mergedBy]),
    ...(pusher ? [pusher] : []),
  ];
  const people = (all: readonly (Writer | ReturnType<typeof addresseeOf>)[]) =>
    all.flatMap((one) => (one.kind === 'person' ? [one.person] : []));
  return {
    commit: commit.sha,
    name: commit.author.name,
    proven: people(acting),
    byMachine: acting.some(({ kind }) => kind === 'machine'),
    // GitHub may find co-authors where our reading of the message does not.
    claimed: people([...named, ...accounts.map(({ account }) => asAddressee(account))]),
    nameless: signatures.flatMap(({ name, addressee }) => (addressee.kind === 'nobody-known' ? [name] : [])),
  };
}

const asAddressee = (account: Person): ReturnType<typeof addresseeOf> =>
  account.login === webCommitter || account.login.endsWith('[bot]')
    ? { kind: 'machine' }
    : { kind: 'person', person: account };

/**
 * The authors of a manifest: whoever had a hand in any commit that changed it. A commit of which nobody is proven to have
 * brought it leaves the list incomplete, and an incomplete list is unknown (T16, design 3.1).
 */
export function authorsFrom(all: readonly Hands[]): Known<readonly Author[]> {
  const unproven = all.find(({ proven }) => proven.length === 0);
  if (unproven || all.length === 0)
    return { kind: 'unknown', why: `GitHub does not tell who brought in ${unproven?.commit ?? 'the file'}` };
  return { kind: 'known', value: peopleOf(all).map(({ person, proof }) => ({ person, proof })) };
}

/** A person with the commits they had a hand in, newest first. */
export type Involved = Author & { readonly commits: readonly Sha[] };

/** Everybody once, proven before claimed, each with the commits that say so. */
export function peopleOf(all: readonly Hands[]): readonly Involved[] {
  const found = new Map<number, { person: Person; proof: Author['proof']; commits: Sha[] }>();
  for (const proof of ['proven', 'claimed'] as const) {
    for (const hands of all) {
      for (const person of hands[proof]) {
        const entry = found.get(person.id) ?? { person, proof, commits: [] };
        if (!entry.commits.includes(hands.commit)) entry.commits.push(hands.commit);
        found.set(person.id, entry);
      }
    }
  }
  return [...found.values()];
}
