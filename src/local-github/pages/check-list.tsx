import type { Host } from '../state/host.ts';
import { appById } from '../state/lookup.ts';
import type { CheckRun } from '../state/types.ts';
import type { Place } from './visit.ts';

const signs: Readonly<Record<string, string>> = {
  success: '✓',
  failure: '✗',
  timed_out: '✗',
  action_required: '!',
  cancelled: '–',
  skipped: '–',
  neutral: '–',
  stale: '–',
};

/** The one word that tells how a run stands. */
export const standing = (run: CheckRun): string =>
  run.status === 'completed' ? (run.conclusion ?? 'completed') : run.status;

/** What a person reads beside the name: what the run says of itself, or what it waits for. */
function saying(host: Host, run: CheckRun): string {
  const environment = host.state.deployments.get(run.deploymentId ?? 0)?.environment;
  return (
    run.title ?? (run.status === 'waiting' ? `for the rules of ${environment ?? 'its environment'}` : '')
  );
}

export const Mark = ({ run }: { readonly run: CheckRun }) => (
  <span class={`mark ${standing(run)}`} aria-hidden="true">
    {signs[standing(run)] ?? '…'}
  </span>
);

/** The newest run of every name on a commit. */
export function CheckList({ place, runs }: { readonly place: Place; readonly runs: readonly CheckRun[] }) {
  if (runs.length === 0) return <p class="soft">No checks.</p>;
  const good = runs.filter((run) => ['success', 'neutral', 'skipped'].includes(run.conclusion ?? '')).length;
  return (
    <section class="box checks" aria-label="Checks">
      <header>
        <strong>Checks</strong>
        <span class="soft small">
          {good} of {runs.length} passed
        </span>
      </header>
      <ul class="list">
        {runs.map((run) => (
          <li>
            <Mark run={run} />
            <span class="grow">
              <a href={`${place.path}/runs/${run.id}`}>
                <strong>{run.name}</strong>
              </a>{' '}
              <span class="soft">{saying(place.visit.host, run)}</span>
            </span>
            <span class="small">{standing(run).replaceAll('_', ' ')}</span>
            <span class="soft small">{appById(place.visit.host.state, run.appId).name}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
