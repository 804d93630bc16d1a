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
    </RepositoryFrame>
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
