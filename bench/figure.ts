/** One row of the table: everything that was measured, and what design 8 asks of it, where it asks anything. */
export type Row = {
  readonly figure: string;
  readonly unit: string;
  readonly samples: readonly number[];
  readonly target?: Target;
};

/** The most that the median, or the worst sample, may be. */
export type Target = { readonly of: 'median' | 'worst'; readonly most: number };

/** Measures one thing in a process of its own. */
export type Figure = { readonly name: string; readonly measure: () => Promise<readonly Row[]> };

export type Summary = { readonly least: number; readonly median: number; readonly p95: number };

/** Nearest rank; throws where nothing was measured. */
export function summaryOf(samples: readonly number[]): Summary {
  const ordered = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => {
    const found = ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)];
    if (found === undefined) throw new Error('nothing was measured');
    return found;
  };
  return { least: at(0), median: at(0.5), p95: at(0.95) };
}

export function isMet({ samples, target }: Row): boolean | undefined {
  if (target === undefined) return undefined;
  const value = target.of === 'median' ? summaryOf(samples).median : Math.max(...samples);
  return value <= target.most;
}

/** Runs something several times and gives the milliseconds of each run. */
export async function timed(runs: number, work: () => unknown): Promise<readonly number[]> {
  const samples: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await work();
    samples.push(performance.now() - began);
  }
  return samples;
}
