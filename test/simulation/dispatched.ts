import type { Served } from '../../src/local-github/faults/serve.ts';
import type { Host } from '../../src/local-github/state/host.ts';
import type { MemoryGit } from './memory-git.ts';

/** A run that the App had started, as the host took it. */
export type Dispatched = {
  readonly run: number;
  readonly file: string;
  /** In full. */
  readonly ref: string;
  /** What the ref meant when the App last asked before; undefined: it never did. */
  readonly meant: string | undefined;
  readonly inputs: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly at: number;
};

type Ask = (request: Request) => Promise<Served>;

/** Takes down every run that comes into being by a call, and what the call had asked for. */
export function watchDispatches(
  { state, now }: Host,
  git: MemoryGit,
  ask: Ask,
): { readonly dispatched: readonly Dispatched[]; readonly ask: Ask } {
  const dispatched: Dispatched[] = [];
  const meant = new Map<string, string>();
  const note = async (request: Request, known: number): Promise<void> => {
    const rows = [...state.workflowRuns.values()].slice(known);
    const body = (await request.json()) as Pick<Dispatched, 'ref' | 'inputs'>;
    for (const { id, file } of rows) {
      const { ref, inputs } = body;
      dispatched.push({ run: id, file, ref, meant: meant.get(ref), inputs, at: now().getTime() });
    }
  };
  return {
    dispatched,
    ask: async (request) => {
      const known = state.workflowRuns.size;
      const served = await ask(request);
      if (state.workflowRuns.size > known) await note(request, known);
      const [, name] = /\/commits\/((?:tags|heads)(?:\/|%2F)[^/?]+)$/.exec(request.url) ?? [];
      const ref = name && `refs/${decodeURIComponent(name)}`;
      const sha = ref && git.allRefs().get(ref);
      if (ref && sha) meant.set(ref, sha);
      return served;
    },
  };
}
