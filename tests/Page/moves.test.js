// Our own moves between a column that somebody points at and the server's answer. Without a browser: the far end of the line is played by the test.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { moves } from '../../Web/wwwroot/moves.js';
import { initial, reduce } from '../../Web/wwwroot/state.js';

/** What a browser would keep of the person's choices. @type {Map<string, string>} */
const chosen = new Map();
Object.assign(globalThis, { localStorage: { getItem: (/** @type {string} */ name) => chosen.get(name) ?? null } });
beforeEach(() => chosen.clear());

const player = (/** @type {string} */ name) => ({ name, colour: 'red', connected: true, claimableIn: null, forfeitsIn: null });
const welcome = { type: 'welcome', protocol: 1, name: 'Ann', kind: 'guest', token: 't', epoch: 'e' };
const game = { type: 'game', game: 'g', version: 1, players: [player('Ann'), player('Bob')], opening: '', moves: '', toMove: 0, clock: null, swap: null, pair: null, rated: false, watchers: 0, result: null };

/** A page on which Ann is to move, and a line whose questions wait until the test answers them. */
function page() {
  /** @type {any} */ let state = initial();
  /** @type {{message: any, answer: (answer: object|null) => void}[]} */ const asked = [];
  const take = (/** @type {any} */ message) => { state = reduce(state, message, 0); };
  /** @type {any} */ const line = { insist: (/** @type {object} */ message) => new Promise(answer => asked.push({ message, answer })) };
  take(welcome);
  take(game);
  return { asked, take, own: moves(line, () => state, take), game: () => state.games.get('g') };
}

/** All that was to come of an answer has come. */
const settled = () => new Promise(resolve => setImmediate(resolve));

test('A disc is sent for the ply that we see, and is pending until the server says it', () => {
  const { own, asked, game } = page();

  own.drop('g', 4);

  assert.deepEqual(asked.map(({ message }) => message), [{ type: 'move', game: 'g', ply: 0, column: 4 }]);
  assert.deepEqual(game().pending, { ply: 0, column: 4 });
});

test('While a move is pending no other column is sent', () => {
  const { own, asked } = page();
  own.drop('g', 4);

  own.drop('g', 5);

  assert.equal(asked.length, 1);
});

test('Whoever likes to confirm has to point at a column twice', () => {
  const { own, asked, game } = page();
  chosen.set('confirm', 'on');

  own.drop('g', 4);
  assert.deepEqual([asked.length, game().chosen], [0, 4]);
  own.drop('g', 4);

  assert.equal(asked[0].message.column, 4);
});

test('A chosen column is sent when it is confirmed, and without one nothing is', () => {
  const { own, asked } = page();
  chosen.set('confirm', 'on');
  own.confirm('g');
  own.drop('g', 4);

  own.confirm('g');

  assert.deepEqual(asked.map(({ message }) => message.column), [4]);
});

test('A move that is on its way is not sent by two', () => {
  const { own, asked } = page();
  own.drop('g', 4);

  own.resend('g');

  assert.equal(asked.length, 1);
});

test('A move that was lost with the line stays pending, and is sent again as it was', async () => {
  const { own, asked, game } = page();
  own.drop('g', 4);
  asked[0].answer(null);
  await settled();
  assert.deepEqual(game().pending, { ply: 0, column: 4 });

  own.resend('g');

  assert.deepEqual(asked[1].message, asked[0].message);
});

test('A refusal takes the disc back and says why', async () => {
  const { own, asked, game } = page();
  own.drop('g', 4);

  asked[0].answer({ type: 'error', code: 'column_full' });
  await settled();

  assert.deepEqual([game().pending, game().problem], [null, 'column_full']);
});

test('A refusal that comes after the game has gone on concerns nobody any more', async () => {
  const { own, asked, take, game } = page();
  own.drop('g', 4);
  take({ type: 'moved', game: 'g', version: 2, ply: 0, player: 0, column: 4, row: 1, remaining: null });

  asked[0].answer({ type: 'error', code: 'stale' });
  await settled();

  assert.deepEqual([game().moves, game().problem], ['4', null]);
});
