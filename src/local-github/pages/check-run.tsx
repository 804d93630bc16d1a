import type { Hono } from 'hono';
import { raw } from 'hono/html';
import { pressAction, rerequestRun } from '../state/checks.ts';
import { appById, issuesOf, runsOn, workflowRunOfSuite } from '../state/lookup.ts';
import { holds, type Need, needs } from '../state/permissions.ts';
import type { CheckRun } from '../state/types.ts';
import { Mark, standing } from './check-list.tsx';
import { AnnotationBox } from './diff.tsx';
import { Gate, JobButtons, steerJob } from './job.tsx';
import { ActButton, show, When } from './layout.tsx';
import { renderMarkdown } from './markdown.ts';
import { RepositoryFrame } from './repository-frame.tsx';
import { encodePath } from './revision.ts';
import {
  field,
  inRepository,
  issuePath,
  leave,
  type PageContext,
  type PagesEnv,
  type Place,
} from './visit.ts';

type RunPlace = Place & { readonly run: CheckRun };

/** Buttons appear when a run has completed, for people who can write. */
function Buttons({ place }: { readonly place: RunPlace }) {
  const { visit, repository, path, run } = place;
  if (!holds(visit.host, visit.viewer, repository, 'write', 'checks')) return null;
  const at = `${path}/runs/${run.id}`;
  const workflowRun = workflowRunOfSuite(visit.host.state, run.suiteId);
  if (workflowRun !== null) return <JobButtons visit={visit} at={at} run={workflowRun} />;
  const actions = run.status === 'completed' ? run.actions : [];
  return (
    <div class="actions">
      {actions.map((action) => (
        <span>
          <ActButton
            visit={visit}
            action={`${at}/press`}
            fields={{ identifier: action.identifier }}
            style="main"
          >
            {action.label}
          </ActButton>{' '}
          <span class="soft small">{action.description}</span>
        </span>
      ))}
      <ActButton visit={visit} action={`${at}/rerun`}>
        Re-run
      </ActButton>
    </div>
  );
}

function Details({ place }: { readonly place: RunPlace }) {
  const { visit, repository, path, run } = place;
  const pulls = issuesOf(visit.host.state, repository).filter((row) => row.pull?.headSha === run.headSha);
  return (
    <ul class="list">
      <li>
        <Mark run={run} />
        <span class="grow">
          <strong>{standing(run).replaceAll('_', ' ')}</strong>{' '}
          <span class="soft">by {appById(visit.host.state, run.appId).name}</span>
        </span>
        {run.completedAt === null ? null : <When at={run.completedAt} />}
      </li>
      <li>
        <span class="grow">
          on commit{' '}
          <a class="sha" href={`${path}/commit/${run.headSha}`}>
            {run.headSha.slice(0, 7)}
          </a>
          {pulls.map((pull) => (
            <>
              {' '}
              of <a href={issuePath(path, pull)}>#{pull.number}</a>
            </>
          ))}
        </span>
        {run.detailsUrl === null || !/^https?:/.test(run.detailsUrl) ? null : (
          <a href={run.detailsUrl}>Details</a>
        )}
      </li>
    </ul>
  );
}

function Annotations({ place }: { readonly place: RunPlace }) {
  const { run, path } = place;
  if (run.annotations.length === 0) return null;
  return (
    <>
      <h2>Annotations</h2>
      {run.annotations.map((annotation) => (
        <>
          <a
            class="small"
            href={`${path}/blob/${run.headSha}/${encodePath(annotation.path)}#L${annotation.startLine}`}
          >
            <code>
              {annotation.path}:{annotation.startLine}
            </code>
          </a>
          <AnnotationBox annotation={annotation} check={null} />
        </>
      ))}
    </>
  );
}

function RunPage({ place }: { readonly place: RunPlace }) {
  const { visit, repository, path, run } = place;
  const base = `${path}/blob/${run.headSha}/`;
  const same = runsOn(visit.host.state, repository, run.headSha).filter(
    (row) => row.name === run.name && row.appId === run.appId,
  );
  const newest = same.at(-1);
  return (
    <RepositoryFrame place={place} tab="pulls">
      <h1>{run.name}</h1>
      <div id="run" data-live>
        {newest === undefined || newest.id === run.id ? null : (
          <p class="note plain">
            This is not the newest run of this name.{' '}
            <a href={`${path}/runs/${newest.id}`}>Go to the newest</a>.
          </p>
        )}
        <div class="box">
          <Details place={place} />
        </div>
        <Gate host={visit.host} check={run} base={base} />
        {run.title === null ? null : <h2>{run.title}</h2>}
        {run.summary === null ? null : <div class="markdown">{raw(renderMarkdown(run.summary, base))}</div>}
        {run.text === null ? null : <div class="markdown">{raw(renderMarkdown(run.text, base))}</div>}
        <Annotations place={place} />
      </div>
      <Buttons place={place} />
    </RepositoryFrame>
  );
}

const onRun = (need: Need, handle: (context: PageContext, place: RunPlace) => Response) =>
  inRepository(need, (context, place) => {
    const run = place.visit.host.state.runs.get(Number(context.req.param('id')));
    return run?.repositoryId === place.repository.id
      ? handle(context, { ...place, run })
      : context.notFound();
  });

export function checkRoutes(app: Hono<PagesEnv>): void {
  app.get(
    '/:owner/:repo/runs/:id',
    onRun(needs.readChecks, (context, place) => show(context, place.run.name, <RunPage place={place} />)),
  );
  app.post(
    '/:owner/:repo/runs/:id/press',
    onRun(needs.readChecks, (context, { visit, repository, path, run }) => {
      const identifier = field(visit, 'identifier');
      const outcome = pressAction(visit.host, visit.viewer, repository, run, identifier);
      return leave(context, outcome, `${path}/runs/${run.id}`, 'The App was told.');
    }),
  );
  app.post(
    '/:owner/:repo/runs/:id/cancel',
    onRun(needs.writeActions, (context, { visit, repository, path, run }) =>
      leave(context, steerJob(visit, repository, run, 'cancel'), `${path}/runs/${run.id}`, 'Cancelled.'),
    ),
  );
  app.post(
    '/:owner/:repo/runs/:id/rerun',
    onRun(needs.readChecks, (context, { visit, repository, path, run }) => {
      if (workflowRunOfSuite(visit.host.state, run.suiteId) !== null) {
        const outcome = steerJob(visit, repository, run, 'rerun');
        return leave(context, outcome, `${path}/runs/${run.id}`, 'All jobs start again.');
      }
      const outcome = rerequestRun(visit.host, visit.viewer, repository, run);
      return leave(context, outcome, `${path}/runs/${run.id}`, 'The App was asked to run this again.');
    }),
  );
}
