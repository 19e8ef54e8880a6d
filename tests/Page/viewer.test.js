// Stepping through a game: which ply is shown, how the board and the clocks stood then.
import assert from 'node:assert/strict';
import test from 'node:test';
import { begin, boardAfter, clocksAfter, isAtEnd, moved, rowOf, step, toMove, update } from '../../Web/wwwroot/viewer.js';

/** @param {object} [more] @returns {any} */
const game = more => ({ id: 'g', version: 3, moves: '4434', opening: '', clock: { initial: 60, increment: 0 }, times: [59_000, 58_000, 57_000, 56_000], result: null, ...more });

test('It begins at the end, and no step leads beyond either end', () => {
  const viewing = begin(game());
  assert.ok(isAtEnd(viewing));
  assert.equal(step(viewing, -1).ply, 0);
  assert.equal(step(viewing, 99).ply, 4);
});

test('Who is at the end goes along with the game, who has stepped back stays', () => {
  const next = game({ version: 4, moves: '44341' });
  assert.equal(update(begin(game()), next).ply, 5);
  assert.equal(update(step(begin(game()), 2), next).ply, 2);
  assert.equal(update(step(step(begin(game()), 2), 4), next).ply, 5);
});

test('An answer that was overtaken changes nothing', () => {
  const viewing = begin(game());
  assert.equal(update(viewing, game({ version: 2, moves: '443' })), viewing);
});

test('A line that tells of the next move saves the fetching, and of anything else does not', () => {
  /** @param {object} more @returns {any} */
  const live = more => ({ version: 4, moves: '44341', result: null, clock: { remaining: [55_000, 56_000] }, ...more });
  assert.deepEqual(moved(game(), live({})), game({ version: 4, moves: '44341', times: [59_000, 58_000, 57_000, 56_000, 55_000] }));
  assert.equal(moved(game(), live({ version: 5 })), null);
  assert.equal(moved(game(), live({ moves: '443412' })), null);
  assert.equal(moved(game(), live({ result: { winner: 0, reason: 'flag' } })), null);
});

test('The board after some plies has each disc in its column, from the bottom', () => {
  assert.deepEqual(boardAfter('4434', 3), [[], [], [0], [0, 1], [], [], []]);
  assert.deepEqual(boardAfter('4434', 0), [[], [], [], [], [], [], []]);
  assert.deepEqual([1, 2, 3, 4].map(ply => rowOf('4434', ply)), [1, 2, 1, 3]);
});

test('Both clocks show what they showed then', () => {
  assert.deepEqual([0, 1, 2, 4].map(ply => clocksAfter(game(), ply)), [[60_000, 60_000], [59_000, 60_000], [59_000, 58_000], [57_000, 56_000]]);
  assert.equal(clocksAfter(game({ clock: null }), 2), null);
});

test('Discs of an opening took no time', () => {
  assert.deepEqual(clocksAfter(game({ moves: '443411', opening: '4434', times: [59_000, 58_000] }), 4), [60_000, 60_000]);
  assert.deepEqual(clocksAfter(game({ moves: '443411', opening: '4434', times: [59_000, 58_000] }), 6), [59_000, 58_000]);
});

test('Whose flag fell has nothing left at the end, and something before', () => {
  const lost = game({ result: { winner: 1, reason: 'flag' } });
  assert.deepEqual(clocksAfter(lost, 4), [0, 56_000]);
  assert.deepEqual(clocksAfter(lost, 3), [57_000, 58_000]);
});

test('Nobody is to move when it is over, and somebody is at every ply before', () => {
  const over = begin(game({ result: { winner: 1, reason: 'flag' } }));
  assert.equal(toMove(over), null);
  assert.equal(toMove(step(over, 3)), 1);
  assert.equal(toMove(step(over, 2)), 0);
});
