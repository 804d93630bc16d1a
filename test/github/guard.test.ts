import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { date, useFakeHost } from './fake-host.ts';

const fake = useFakeHost();
const place = 'GET /repos/acme/payments/environments/production';
const ask = (environment: object, rules: object = { custom_deployment_protection_rules: [] }) =>
  createForge(
    fake.start({
      rest: {
        [place]: () => environment as never,
        [`${place}/deployment_protection_rules`]: () => rules as never,
      },
    }),
  ).guard('acme/payments', 'production');
const rulesOf = (id: number, enabled = true) => ({
  custom_deployment_protection_rules: [{ id: 1, enabled, app: { id } }],
});
const refused = (status: number) => HttpResponse.json({}, { status, headers: { date } });
const all = ['rule', 'branches', 'bypass'];
const policy = { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } };

describe('T14: what keeps GitHub from guarding an environment', () => {
  it.each([
    [{ ...policy, can_admins_bypass: false }, rulesOf(4), []],
    [{ ...policy, can_admins_bypass: true }, rulesOf(4), ['bypass']],
    // Whatever is not told is not known to hold.
    [policy, rulesOf(4), ['bypass']],
    [{ deployment_branch_policy: null, can_admins_bypass: false }, rulesOf(4), ['branches']],
    [{ ...policy, can_admins_bypass: false }, rulesOf(4, false), ['rule']],
    [{ ...policy, can_admins_bypass: false }, rulesOf(99), ['rule']],
    [{}, {}, all],
  ])('%j with %j lacks %j', async (environment, rules, value) => {
    expect(await ask(environment, rules)).toEqual({ kind: 'known', value });
    expect(fake.calls).toHaveLength(2);
  });

  it('an environment that is not there has no guard; one that may not be read is unknown', async () => {
    expect(await ask(refused(404))).toEqual({ kind: 'known', value: all });
    expect(await ask(refused(403))).toMatchObject({ kind: 'unknown' });
    await expect(ask(refused(422))).rejects.toThrow(ForgeError);
  });
});
