import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { type WriterKind, writers } from '../../src/app/environment.ts';
import type { Figure, Row } from '../figure.ts';
import { hasApproved, lineWhere, setStage } from '../stage.ts';

const warmUp = 10;
const counted = 50;

/** From the moment a vote's webhook arrives to the moment its check is green and its record is committed. */
export const decision: Figure = {
  name: 'decision',
  measure: async () => [...(await measure('graphql')), ...(await measure('git'))],
};

async function measure(writer: WriterKind): Promise<readonly Row[]> {
  const stage = await setStage(1, writer);
  const [repository = ''] = stage.repositories;
  await stage.startApp();
  await stage.bring(
    repository,
    Array.from({ length: warmUp + counted }, (_, index) => `r${index}`),
  );
  await stage.quiet();
  let arrived = 0;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    if (request.headers['x-github-event'] === 'issue_comment') arrived = performance.now();
  });
  const milliseconds: number[] = [];
  const calls: number[] = [];
  for (const gate of await stage.gates()) {
    const from = stage.lines.length;
    await stage.approve(gate);
    const line = await lineWhere(stage, from, (one) => hasApproved(one) && one.release === gate.release);
    milliseconds.push(line.at - arrived);
    calls.push(line.calls ?? Number.NaN);
    await mustBeGreen(stage, gate.release);
    await stage.quiet();
  }
  await stage.close();
  const about = writer === writers[0] ? '' : ', records by git push';
  return [
    {
      figure: `decision, webhook to green check${about}`,
      unit: 'ms',
      samples: milliseconds.slice(warmUp),
      ...(writer === 'graphql' ? { target: { of: 'median', most: 100 } as const } : {}),
    },
    {
      figure: `decision, calls${about}`,
      unit: 'calls',
      samples: calls.slice(warmUp),
      target: { of: 'worst', most: 4 },
    },
  ];
}

async function mustBeGreen(stage: Awaited<ReturnType<typeof setStage>>, release: string): Promise<void> {
  const [repository = ''] = stage.repositories;
  const path = `/repos/${repository}/commits/${release}/check-runs`;
  const { check_runs: checks } = await stage.hub.ask<{
    readonly check_runs: readonly { readonly name: string; readonly conclusion: string | null }[];
  }>('mona', 'GET', path);
  const newest = checks.find(({ name }) => name.endsWith('/signoff'));
  if (newest?.conclusion !== 'success') throw new Error(`the check of ${release} is not green`);
}
