import { describe, expect, it } from 'vitest';
import { faultList } from '../../../src/local-github/faults/fault.ts';
import { createFaultPlan } from '../../../src/local-github/faults/plan.ts';

const planOf = (...written: readonly unknown[]) => createFaultPlan(faultList.parse(written));
const struck = (faults: readonly { readonly do: string }[]) => faults.map((fault) => fault.do);

describe('a plan of faults', () => {
  it('strikes by number, as often as it says, and then no more', () => {
    const plan = planOf({ on: 'git', call: 2, times: 2, do: 'cut' });
    const met = [1, 2, 3, 4].map(() => struck(plan.onCall(['git'])).length);
    expect(met).toEqual([0, 1, 1, 0]);
    expect(plan.pending()).toEqual([]);
  });

  it('counts only what fits, from when it was given', () => {
    const plan = planOf();
    plan.onCall(['git']);
    plan.add(faultList.parse([{ on: 'git', call: 2, do: 'fail' }]));
    expect(struck(plan.onCall(['graphql', 'graphql repository']))).toEqual([]);
    expect(struck(plan.onCall(['git']))).toEqual([]);
    expect(plan.pending()).toMatchObject([{ seen: 1 }]);
    expect(struck(plan.onCall(['git']))).toEqual(['fail']);
  });

  it('knows any call by a star, and never takes a delivery for one', () => {
    const plan = planOf({ on: '*', do: 'delay', milliseconds: 5 }, { webhook: '*', do: 'drop' });
    expect(plan.troublesCalls()).toBe(true);
    expect(struck(plan.onCall([]))).toEqual(['delay']);
    expect(plan.troublesCalls()).toBe(false);
    expect(struck(plan.onDelivery('push', null))).toEqual(['drop']);
  });

  it('knows a delivery by its event, with or without the action', () => {
    const plan = planOf(
      { webhook: 'issues.closed', do: 'double' },
      { webhook: 'issues', do: 'drop', times: 2 },
    );
    expect(struck(plan.onDelivery('issues', 'opened'))).toEqual(['drop']);
    expect(struck(plan.onDelivery('issues', 'closed'))).toEqual(['double', 'drop']);
  });

  it.each([
    [{ on: 'git', do: 'drop' }],
    [{ webhook: 'push', do: 'cut' }],
    [{ on: 'git', do: 'fail', status: 404 }],
    [{ on: 'git', do: 'cut', call: 0 }],
    [{ do: 'cut' }],
  ])('refuses %j', (written) => {
    expect(faultList.safeParse([written]).success).toBe(false);
  });
});
