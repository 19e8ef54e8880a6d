// The rules of a game that no server judges, against boards that are obvious.
import assert from 'node:assert/strict';
import test from 'node:test';
import { linesIn, mayDrop, resultOf } from '../../Web/wwwroot/rules.js';

for (const [moves, cells] of /** @type {[string, number[][]][]} */ ([
  ['1213141', [[1, 1], [1, 2], [1, 3], [1, 4]]],
  ['4455667', [[4, 1], [5, 1], [6, 1], [7, 1]]],
  ['12233434464', [[1, 1], [2, 2], [3, 3], [4, 4]]],
  ['76655454424', [[4, 4], [5, 3], [6, 2], [7, 1]]],
  ['1122335566774', [[1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1], [7, 1]]],
])) test(`${moves} is a win with ${cells.length} cells`, () => assert.deepEqual(resultOf(moves.slice(0, winAt(moves))), { winner: (winAt(moves) - 1) % 2, reason: 'four', cells }));

test('A full board without a line is a draw', () => {
  const draw = '121212343434565656212121434343656565777777';
  assert.equal(draw.length, 42);
  assert.deepEqual(resultOf(draw), { winner: null, reason: 'full', cells: [] });
});

test('Each line of a win is found by its ends, however long and however many', () => {
  assert.deepEqual(linesIn([[1, 1], [1, 2], [1, 3], [1, 4]]), [[[1, 1], [1, 4]]]);
  assert.deepEqual(linesIn([[1, 1], [2, 1], [3, 1], [4, 1], [5, 1], [6, 1], [7, 1]]), [[[1, 1], [7, 1]]]);
  assert.deepEqual(linesIn([[1, 1], [2, 1], [2, 2], [3, 1], [3, 3], [4, 1], [4, 4]]), [[[1, 1], [4, 1]], [[1, 1], [4, 4]]]);
  assert.deepEqual(linesIn([[1, 4], [2, 3], [3, 2], [4, 1]]), [[[1, 4], [4, 1]]]);
  assert.deepEqual(linesIn([]), []);
});

test('A full column and a game that is over take no disc', () => {
  assert.ok(mayDrop('', 1));
  assert.ok(!mayDrop('111111', 1));
  assert.ok(mayDrop('111111', 2));
  assert.ok(!mayDrop('1213141', 2));
});

/** The first ply after which the game is over. @param {string} moves */
function winAt(moves) {
  for (let ply = 1; ply <= moves.length; ply++) if (resultOf(moves.slice(0, ply))) return ply;
  return moves.length;
}
