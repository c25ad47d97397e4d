import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CardPlusPayStandIn } from '../../../sandbox/cardpluspay/start-cardpluspay.ts';
import { call, start } from './calling.ts';

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = rsa();
const publicKeyPem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

async function challengeOf(standIn: CardPlusPayStandIn): Promise<string> {
  return (await call(standIn, '/auth/challenge')).data.challenge;
}

function signed(standIn: CardPlusPayStandIn, challenge: string, key = keys.privateKey) {
  return call(standIn, '/balance', undefined, {
    'x-api-key': standIn.apiKey,
    'x-api-challenge': challenge,
    'x-api-signature': sign('RSA-SHA256', Buffer.from(challenge), key).toString('base64'),
  });
}

describe('request signing', () => {
  it('refuses a request without the headers, and names them', async () => {
    const reply = await call(await start({ signing: { publicKeyPem } }), '/balance');
    expect(reply).toMatchObject({ status: 401, success: false });
    expect(reply.message).toContain('X-API-Signature');
  });

  it('takes a signed challenge once', async () => {
    const standIn = await start({ signing: { publicKeyPem } });
    const challenge = await challengeOf(standIn);
    expect((await signed(standIn, challenge)).status).toBe(200);
    expect((await signed(standIn, challenge)).status).toBe(401);
  });

  it('takes a challenge for five minutes', async () => {
    let now = Date.now();
    const standIn = await start({ signing: { publicKeyPem }, now: () => now });
    const [first, second] = [await challengeOf(standIn), await challengeOf(standIn)];
    now += 5 * 60_000;
    expect((await signed(standIn, first)).status).toBe(200);
    now += 1;
    expect((await signed(standIn, second)).status).toBe(401);
  });

  it('refuses the signature of another key and a challenge of its own making', async () => {
    const standIn = await start({ signing: { publicKeyPem } });
    const challenge = await challengeOf(standIn);
    expect((await signed(standIn, challenge, rsa().privateKey)).status).toBe(401);
    expect((await signed(standIn, 'made-up')).status).toBe(401);
  });

  it('has no challenges for an account without signing', async () => {
    expect((await call(await start(), '/auth/challenge')).status).toBe(404);
  });
});
