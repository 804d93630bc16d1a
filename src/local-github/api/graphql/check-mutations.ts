import { type CheckOutput, type CheckPatch, createCheckRun, updateCheckRun } from '../../state/checks.ts';
import type { Annotation, CheckAction, CheckConclusion, SettableStatus } from '../../state/types.ts';
import type { Context } from './context.ts';
import { failure, orRefuse } from './failure.ts';
import { mutation } from './mutation.ts';
import { nodeOf } from './nodes.ts';
import type { Fields } from './resolver.ts';
import { run } from './sources.ts';

type AnnotationInput = {
  readonly path: string;
  readonly annotationLevel: 'NOTICE' | 'WARNING' | 'FAILURE';
  readonly location: {
    readonly startLine: number;
    readonly endLine: number;
    readonly startColumn?: number | null;
    readonly endColumn?: number | null;
  };
  readonly message: string;
  readonly title?: string | null;
  readonly rawDetails?: string | null;
};

type PatchInput = {
  readonly repositoryId: string;
  readonly name?: string | null;
  readonly detailsUrl?: string | null;
  readonly externalId?: string | null;
  readonly status?: string | null;
  readonly startedAt?: string | null;
  readonly conclusion?: string | null;
  readonly completedAt?: string | null;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string | null;
    readonly annotations?: readonly AnnotationInput[] | null;
  } | null;
  readonly actions?: readonly CheckAction[] | null;
};

const levels = { NOTICE: 'notice', WARNING: 'warning', FAILURE: 'failure' } as const;

const annotation = (input: AnnotationInput): Annotation => ({
  path: input.path,
  startLine: input.location.startLine,
  endLine: input.location.endLine,
  startColumn: input.location.startColumn ?? null,
  endColumn: input.location.endColumn ?? null,
  level: levels[input.annotationLevel],
  message: input.message,
  title: input.title ?? null,
  rawDetails: input.rawDetails ?? null,
});

const output = (input: NonNullable<PatchInput['output']>): CheckOutput => ({
  title: input.title,
  summary: input.summary,
  ...(input.text == null ? {} : { text: input.text }),
  ...(input.annotations == null ? {} : { annotations: input.annotations.map(annotation) }),
});

const statuses = new Map<string, SettableStatus>([
  ['QUEUED', 'queued'],
  ['IN_PROGRESS', 'in_progress'],
  ['COMPLETED', 'completed'],
]);

const conclusions = new Map<string, CheckConclusion>([
  ['ACTION_REQUIRED', 'action_required'],
  ['CANCELLED', 'cancelled'],
  ['FAILURE', 'failure'],
  ['NEUTRAL', 'neutral'],
  ['SUCCESS', 'success'],
  ['SKIPPED', 'skipped'],
  ['TIMED_OUT', 'timed_out'],
]);

/** The stored form of an enum value; WAITING, PENDING, STALE and the like are not an App's to set. */
function settable<T>(known: ReadonlyMap<string, T>, field: string, value: string): T {
  const found = known.get(value);
  if (found === undefined) throw failure('UNPROCESSABLE', `${field} ${value} can not be set by a GitHub App`);
  return found;
}

function patch(input: PatchInput): CheckPatch {
  return {
    ...(input.name == null ? {} : { name: input.name }),
    ...(input.detailsUrl == null ? {} : { detailsUrl: input.detailsUrl }),
    ...(input.externalId == null ? {} : { externalId: input.externalId }),
    ...(input.startedAt == null ? {} : { startedAt: input.startedAt }),
    ...(input.completedAt == null ? {} : { completedAt: input.completedAt }),
    ...(input.status == null ? {} : { status: settable(statuses, 'status', input.status) }),
    ...(input.conclusion == null
      ? {}
      : { conclusion: settable(conclusions, 'conclusion', input.conclusion) }),
    ...(input.output == null ? {} : { output: output(input.output) }),
    ...(input.actions == null ? {} : { actions: input.actions }),
  };
}

type CreateInput = PatchInput & { readonly name: string; readonly headSha: string };

async function create(input: CreateInput, context: Context) {
  const { host, viewer } = context;
  const { row } = await nodeOf(context, input.repositoryId, 'Repository');
  const { name, headSha } = input;
  const created = await createCheckRun(host, viewer, row, { ...patch(input), name, headSha });
  return { checkRun: run(orRefuse(created)) };
}

async function update(input: PatchInput & { readonly checkRunId: string }, context: Context) {
  const { host, viewer } = context;
  const { row } = await nodeOf(context, input.repositoryId, 'Repository');
  const found = await nodeOf(context, input.checkRunId, 'CheckRun');
  if (found.row.repositoryId !== row.id) {
    throw failure(
      'NOT_FOUND',
      `Could not resolve to CheckRun node with the global id of '${input.checkRunId}'`,
    );
  }
  return { checkRun: run(orRefuse(updateCheckRun(host, viewer, row, found.row, patch(input)))) };
}

export const checkMutations: Fields = {
  createCheckRun: mutation(create),
  updateCheckRun: mutation(update),
};
