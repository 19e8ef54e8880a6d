// What a state is in words. The little of a browser that the texts need is put in its place first.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';

const chosen = { language: 'en' };
Object.assign(globalThis, {
  localStorage: { getItem: (/** @type {'language'} */ name) => chosen[name] ?? null },
  document: { documentElement: { dataset: {} }, querySelectorAll: () => [] },
  fetch: async (/** @type {URL} */ url) => ({ json: async () => JSON.parse(await readFile(url, 'utf8')) }),
});
Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en'] }, configurable: true });
const { boardIn, clockIn, columnIn, lastMove, marks, noticeIn, problemIn, ratingIn, refusal, resultFor, shown, span, termsIn, time, titleIn, turn } = await import('../../Web/wwwroot/texts.js');

/** @param {string} name */
const player = name => ({ name, colour: 'red', connected: true, claimableIn: null, forfeitsIn: null });
/** @param {object} [more] @returns {any} */
const game = more => ({ id: 'g', players: [player('Bob'), player('Ann')], side: 1, moves: '', opening: '', toMove: 0, pending: null, result: null, rated: false, swap: null, pair: null, watchers: 0, clock: null, ...more });
/** @param {any[]} games @param {string|null} [current] @returns {any} */
const state = (games, current = 'g') => ({ games: new Map(games.map(one => [one.id, one])), current });

test('Whose turn it is, or how the game ended, is said from where we sit', () => {
  assert.equal(turn(game()), 'Bob is to move');
  assert.equal(turn(game({ toMove: 1 })), 'Your turn');
  assert.equal(turn(game({ toMove: 1, pending: { column: 4 } })), 'Sending your move …');
  assert.equal(turn(game({ result: { winner: 1, reason: 'four' } })), 'You won: four in line!');
  assert.equal(turn(game({ result: { winner: 0, reason: 'flag' } })), 'You lost: your time ran out.');
  assert.equal(turn(game({ side: null, result: { winner: 0, reason: 'four' } })), 'Bob won: four in line.');
  assert.equal(turn(game({ result: { winner: null, reason: 'full' } })), 'A draw: the board is full.');
});

test('The title tells of our turn wherever it is, else of the game that is shown, else of the place', () => {
  assert.equal(titleIn(state([])), 'Connect Four');
  assert.equal(titleIn(state([game()])), 'Bob is to move – Connect Four');
  assert.equal(titleIn(state([game(), game({ id: 'h', players: [player('Cy'), player('Ann')], toMove: 1 })])), 'Your turn against Cy – Connect Four');
  assert.equal(titleIn(state([game({ side: null })])), 'Watching Bob and Ann – Connect Four');
  assert.equal(titleIn(state([game({ result: { winner: 0, reason: 'four' } })])), 'Bob won: four in line – Connect Four');
});

test('A clock is minutes, or seconds where it is no whole number of them, with what each move adds', () => {
  assert.equal(clockIn(null), 'no clock');
  assert.equal(clockIn({ initial: 180, increment: 2 }), '3 min + 2 s');
  assert.equal(clockIn({ initial: 90, increment: 0 }), '90 s');
  assert.equal(termsIn(/** @type {any} */ ({ clock: { initial: 60, increment: 0 }, swap: true })), '1 min, with swap');
  assert.deepEqual([179_001, 60_000, 19_900, 19_899, 101, 100, 1, 0].map(time), ['3:00', '1:00', '19.9', '19.9', '0.2', '0.1', '0.1', '0.0']);
  assert.deepEqual([0, 999, 61_000].map(span), ['0:00', '0:00', '1:01']);
});

test('A rating that is not sure yet has a question mark', () => {
  assert.deepEqual([ratingIn({ rating: 1500.4, provisional: true }), ratingIn({ rating: 1612.6, provisional: false }), ratingIn({ rating: null, provisional: true })], ['1500?', '1613', '']);
});

test('A refusal that the page does not know yet is said in general words, and one of a form with what the server says of it', () => {
  assert.notEqual(refusal('column_full'), refusal('no_such_code'));
  assert.equal(problemIn({ status: 400, code: 'no_such_code', detail: 'It is too long.', retryAfter: null }), 'It is too long.');
  assert.match(problemIn({ status: 429, code: 'no_such_code', detail: '', retryAfter: 7 }), /7/);
  assert.match(problemIn({ status: 400, code: 'bad_record', detail: 'Line 12 is no move.', retryAfter: null }), /12/);
});

test('What became of an invitation is said to each side in its own words, and nothing of one that was accepted', () => {
  const ends = ['declined', 'withdrawn', 'expired'].flatMap(status => [true, false].map(mine => noticeIn({ what: 'invitation', status, mine, other: 'Bob' })));
  assert.equal(new Set(ends).size, ends.length);
  assert.equal(noticeIn({ what: 'invitation', status: 'no_such_end', mine: true, other: 'Bob' }), 'Bob has left.');
  assert.equal(noticeIn({ what: 'invitation', status: 'accepted', mine: true, other: 'Bob' }), '');
});

test('A column tells how many discs lie in it and whose is on top, and the last move where it landed', () => {
  assert.equal(columnIn(game({ moves: '44' }), 4), 'Column 4, 2 discs, yours on top');
  assert.equal(columnIn(game({ moves: '4' }), 4), 'Column 4, 1 disc, Bob’s on top');
  assert.equal(columnIn(game(), 4), 'Column 4, 0 discs');
  assert.equal(lastMove(game({ moves: '44' }), 2), 'You: column 4, row 2.');
  assert.equal(lastMove(game({ moves: '4' }), 1), 'Bob: column 4, row 1.');
});

test('Whoever steps through a game hears who is next, what was played, and how it ended', () => {
  const whole = game({ moves: '121', toMove: 1 });
  assert.match(shown({ game: whole, ply: 0, follows: false }), /Bob/);
  assert.match(shown({ game: whole, ply: 2, follows: false }), /Ann/);
  assert.equal(shown({ game: whole, ply: 3, follows: true }), 'Ann is to move');
  assert.equal(shown({ game: game({ moves: '1213141', result: { winner: 0, reason: 'four' } }), ply: 7, follows: true }), 'Bob won: four in line.');
  assert.match(boardIn({ game: whole, ply: 3, follows: true }), /1.*Bob, Bob.*2.*Ann/s);
});

test('What is special about a game stands in one line', () => {
  assert.equal(marks(game()), '');
  assert.equal(marks(game({ rated: true, pair: 2, watchers: 1 })), 'Rated · Game 2 of 2 from an even position · 1 is watching');
  assert.equal(marks(game({ swap: 'done' })), 'Bob took over the first disc');
});

test('A game of a list ended for one of its players', () => {
  assert.notEqual(resultFor({ winner: 0, reason: 'flag' }, 0), resultFor({ winner: 0, reason: 'flag' }, 1));
  assert.equal(resultFor(null, 0), 'Running');
});
