import type { Hono } from 'hono';
import { authenticate } from '../api/authenticate.ts';
import type { Viewer } from '../state/host.ts';
import { canSee } from '../state/permissions.ts';
import { isImage } from './attachments.ts';
import type { PageContext, PagesEnv, Visit } from './visit.ts';

/** A browser's session, or a person's own token: Apps get nothing here, as on GitHub. */
function reader(context: PageContext, visit: Visit): Viewer {
  const header = context.req.header('authorization');
  if (header === undefined) return visit.viewer;
  const viewer = authenticate(visit.host, header);
  const person = viewer.ok && viewer.value.kind === 'user' && viewer.value.viaAppId === null;
  return person ? viewer.value : { kind: 'anonymous' };
}

async function serveAttachment(context: PageContext): Promise<Response> {
  const visit = context.get('visit');
  const attachment = await visit.keep.attachments.find(context.req.param('id') ?? '');
  const repository = attachment && visit.host.state.repositories.get(attachment.repositoryId);
  if (!attachment || !repository || !canSee(visit.host, reader(context, visit), repository))
    return context.notFound();
  const bytes = await visit.keep.attachments.read(attachment);
  const way = isImage(attachment) ? 'inline' : 'attachment';
  return context.body(new Uint8Array(bytes), 200, {
    'content-type': attachment.type,
    'content-disposition': `${way}; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
    // What somebody uploaded is never run as a page of this host.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=300',
  });
}

export function attachmentRoutes(app: Hono<PagesEnv>): void {
  app.get('/user-attachments/assets/:id', serveAttachment);
  app.get('/user-attachments/files/:id/:name', serveAttachment);
}
