import { z } from 'zod';
import type { EventKind, ReleaseEvent } from '../../release/event.ts';
import { activityBodies } from './activity-bodies.ts';
import { admissionBodies } from './admission-bodies.ts';
import { checkBodies } from './check-bodies.ts';
import { dispatchBodies } from './dispatch-bodies.ts';
import { governanceBodies } from './governance-bodies.ts';
import { machineBodies } from './machine-bodies.ts';
import { releaseBodies } from './release-bodies.ts';
import { timeBodies } from './time-bodies.ts';
import { count, digest, instant, repository } from './value-schema.ts';
import { voteBodies } from './vote-bodies.ts';

const bodies = {
  ...releaseBodies,
  ...activityBodies,
  ...voteBodies,
  ...governanceBodies,
  ...timeBodies,
  ...machineBodies,
  ...checkBodies,
  ...dispatchBodies,
  ...admissionBodies,
};

function eventOf<K extends EventKind, B extends z.ZodType>(kind: K, body: B) {
  return z.strictObject({
    version: z.literal(1),
    repository,
    release: z.string(),
    sequence: count,
    previous: digest.exactOptional(),
    at: instant,
    kind: z.literal(kind),
    body,
  });
}

/** One event file, strictly: every kind with its own body, nothing that is not named (design 5). */
export const eventSchema: z.ZodType<ReleaseEvent> = z.discriminatedUnion('kind', [
  eventOf('release-opened', bodies['release-opened']),
  eventOf('manifest-revised', bodies['manifest-revised']),
  eventOf('duties-established', bodies['duties-established']),
  eventOf('activity-activated', bodies['activity-activated']),
  eventOf('scope-changed', bodies['scope-changed']),
  eventOf('release-announced', bodies['release-announced']),
  eventOf('notice-posted', bodies['notice-posted']),
  eventOf('vote-cast', bodies['vote-cast']),
  eventOf('seat-delegated', bodies['seat-delegated']),
  eventOf('advice-given', bodies['advice-given']),
  eventOf('vote-withdrawn', bodies['vote-withdrawn']),
  eventOf('doubt-raised', bodies['doubt-raised']),
  eventOf('activity-approved', bodies['activity-approved']),
  eventOf('activity-rejected', bodies['activity-rejected']),
  eventOf('attempt-superseded', bodies['attempt-superseded']),
  eventOf('activity-aborted', bodies['activity-aborted']),
  eventOf('deviation-recorded', bodies['deviation-recorded']),
  eventOf('release-cancelled', bodies['release-cancelled']),
  eventOf('release-succeeded', bodies['release-succeeded']),
  eventOf('reminder-due', bodies['reminder-due']),
  eventOf('activity-escalated', bodies['activity-escalated']),
  eventOf('activity-deferred', bodies['activity-deferred']),
  eventOf('voting-opened', bodies['voting-opened']),
  eventOf('voting-closed', bodies['voting-closed']),
  eventOf('activity-resumed', bodies['activity-resumed']),
  eventOf('activity-skipped', bodies['activity-skipped']),
  eventOf('activity-expired', bodies['activity-expired']),
  eventOf('overrule-cast', bodies['overrule-cast']),
  eventOf('activity-overruled', bodies['activity-overruled']),
  eventOf('acknowledgement-cast', bodies['acknowledgement-cast']),
  eventOf('deviations-acknowledged', bodies['deviations-acknowledged']),
  eventOf('release-aborted', bodies['release-aborted']),
  eventOf('release-partially-succeeded', bodies['release-partially-succeeded']),
  eventOf('release-failed', bodies['release-failed']),
  eventOf('environment-opened', bodies['environment-opened']),
  eventOf('environment-shut', bodies['environment-shut']),
  eventOf('guard-seen', bodies['guard-seen']),
  eventOf('deployment-seen', bodies['deployment-seen']),
  eventOf('environment-taken', bodies['environment-taken']),
  eventOf('activity-succeeded', bodies['activity-succeeded']),
  eventOf('activity-failed', bodies['activity-failed']),
  eventOf('retry-ordered', bodies['retry-ordered']),
  eventOf('holds-lifted', bodies['holds-lifted']),
  eventOf('check-seen', bodies['check-seen']),
  eventOf('preconditions-met', bodies['preconditions-met']),
  eventOf('workflow-ordered', bodies['workflow-ordered']),
  eventOf('workflow-answered', bodies['workflow-answered']),
  eventOf('workflow-ended', bodies['workflow-ended']),
  eventOf('run-admitted', bodies['run-admitted']),
  eventOf('admitted-run-ended', bodies['admitted-run-ended']),
]);
