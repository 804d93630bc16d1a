import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A browser, signed in or not. The random id changes at every sign-in and sign-out. */
export type Session = { readonly id: string; readonly userId: number | null };

export type Sessions = {
  /** The session of a Cookie header; null when there is none, it was made up, or it is over. */
  readonly read: (cookies: string | null, now: Date) => Session | null;
  readonly start: (userId: number | null) => Session;
  /** The Set-Cookie header of a session, good for 14 days. */
  readonly cookie: (session: Session, now: Date) => string;
  /** What every form of this session must carry. */
  readonly formToken: (session: Session) => string;
};

const fourteenDays = 14 * 86_400;

/** Signed sessions. `name` tells local GitHubs on one machine apart: browsers do not separate cookies by port. */
export function openSessions(data: string, name: string): Sessions {
  const key = sessionKey(join(data, 'session-key'));
  const mac = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    start: (userId) => ({ id: randomBytes(18).toString('base64url'), userId }),
    cookie: ({ id, userId }, now) => {
      const until = Math.floor(now.getTime() / 1000) + fourteenDays;
      const content = `${id}.${userId ?? 0}.${until}`;
      return `${name}=${content}.${mac(`session ${content}`)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${fourteenDays}`;
    },
    read: (cookies, now) => {
      const value = cookieNamed(cookies, name);
      const [id = '', user = '', until = '', sealed = ''] = value.split('.');
      if (!sameText(sealed, mac(`session ${id}.${user}.${until}`))) return null;
      if (Number(until) * 1000 <= now.getTime()) return null;
      return { id, userId: Number(user) || null };
    },
    formToken: ({ id }) => mac(`form ${id}`),
  };
}

function sessionKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}

function cookieNamed(cookies: string | null, name: string): string {
  for (const part of cookies?.split(';') ?? []) {
    const [key, value = ''] = part.trim().split('=');
    if (key === name) return value;
  }
  return '';
}

/** Compares without telling by time how much was right. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
