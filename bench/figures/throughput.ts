import type { Figure, Row } from '../figure.ts';
import { hasApproved, setStage } from '../stage.ts';

const decisions = 100;

/** Everybody approves at once: how many decisions a second. */
export const throughput: Figure = {
  name: 'throughput',
  measure: async () => [...(await measure(1)), ...(await measure(20))],
};

async function measure(repositories: number): Promise<readonly Row[]> {
  const stage = await setStage(repositories);
  await stage.startApp();
  const each = decisions / repositories;
  for (const repository of stage.repositories) {
    await stage.bring(
      repository,
      Array.from({ length: each }, (_, index) => `r${index}`),
    );
  }
  await stage.quiet();
  const gates = await stage.gates();
  if (gates.length !== decisions) throw new Error(`${gates.length} gates wait`);
  const from = stage.lines.length;
  const began = performance.now();
  await eachOf(gates, 8, stage.approve);
  const said = performance.now();
  await stage.quiet();
  const done = stage.lines.slice(from).filter(hasApproved);
  if (done.length !== decisions) throw new Error(`${done.length} decisions were made`);
  const ended = Math.max(...done.map(({ at }) => at));
  const calls = stage.lines.slice(from).reduce((sum, line) => sum + (line.calls ?? 0), 0);
  await stage.close();
  const where = `${decisions} releases in ${repositories === 1 ? 'one repository' : `${repositories} repositories`}`;
  return [
    {
      figure: `throughput, ${where}`,
      unit: 'decisions/s',
      samples: [(decisions * 1000) / (ended - began)],
    },
    { figure: `throughput, ${where}: until all had spoken`, unit: 'ms', samples: [said - began] },
    { figure: `throughput, ${where}: calls a decision`, unit: 'calls', samples: [calls / decisions] },
  ];
}

async function eachOf<T>(items: readonly T[], together: number, work: (item: T) => Promise<void>) {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: together }, worker));
}
