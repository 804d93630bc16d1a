import type { Hono } from 'hono';
import { needs } from '../state/permissions.ts';
import { show } from './layout.tsx';
import { RepositoryFrame } from './repository-frame.tsx';
import { inRepository, type PagesEnv, type Place } from './visit.ts';

function Environments({ place }: { readonly place: Place }) {
  const entries = Object.entries(place.repository.environments);
  return (
    <RepositoryFrame place={place} tab="environments">
      <h1>Environments</h1>
      {entries.length === 0 ? <p class="soft">This repository has no environments.</p> : null}
      {entries.map(([name, { protectionRules }]) => (
        <section class="box">
          <header>
            <strong>{name}</strong>
          </header>
          <div class="inner">
            {protectionRules.length === 0
              ? 'No protection rules: whoever can push can deploy here.'
              : protectionRules.map((rule) => (
                  <p>
                    Deployments wait for <strong>{rule}</strong>.
                  </p>
                ))}
          </div>
        </section>
      ))}
      <Rulesets place={place} />
    </RepositoryFrame>
  );
}

/** Rules of branches and tags, with the refs they mean. */
function Rulesets({ place }: { readonly place: Place }) {
  const { rulesets = [] } = place.repository;
  return (
    <>
      <h2>Rulesets</h2>
      {rulesets.length === 0 ? <p class="soft">No rules for branches and tags.</p> : null}
      {rulesets.map(({ name, enforcement, target, conditions, rules }) => (
        <section class="box">
          <header>
            <strong>{name}</strong>
            <span class="badge soft">{enforcement}</span>
            <span class="soft small">
              {target}: {conditions.ref_name.include.join(', ')}
            </span>
          </header>
          <ul class="list">
            {rules.map((rule) => (
              <li>
                {rule.type.replaceAll('_', ' ')}
                {rule.type === 'required_status_checks'
                  ? rule.parameters.required_status_checks.map(({ context }) => <code>{context}</code>)
                  : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

export function environmentRoutes(app: Hono<PagesEnv>): void {
  app.get(
    '/:owner/:repo/environments',
    inRepository(needs.metadata, (context, place) =>
      show(context, 'Environments', <Environments place={place} />),
    ),
  );
}
