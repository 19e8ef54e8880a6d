// The page's state: what messages make of it. Without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { challengeable, initial, isPlaying, isWhole, reduce, remaining } from '../../Web/wwwroot/state.js';

/** @param {string} name @param {object} [more] */
const user = (name, more) => ({ name, state: 'AVAILABLE', kind: 'guest', games: 0, open: false, challenges: 'everybody', seeking: false, wins: 0, losses: 0, draws: 0, rating: null, provisional: false, colour: null, ...more });
/** @param {string} name */
const player = name => ({ name, colour: name === 'Bob' ? 'red' : 'yellow', connected: true, claimableIn: null, forfeitsIn: null });
const game = { type: 'game', game: 'g', version: 1, players: [player('Bob'), player('Ann')], opening: '', moves: '', toMove: 0, clock: { initial: 60, increment: 1, remaining: [60_000, 60_000] }, swap: null, pair: null, rated: false, watchers: 0, result: null };
const welcome = { type: 'welcome', protocol: 1, name: 'Ann', kind: 'guest', token: 't', epoch: 'e' };
const invitation = { type: 'invitation', status: 'received', from: 'Bob', to: 'Ann', clock: null, swap: false, pair: false, rated: false, expiresIn: 30_000, game: null, rematchOf: null };

/** What these messages make of the page, one second after the other. @param {object[]} messages */
const after = (...messages) => messages.reduce((state, message, at) => reduce(state, /** @type {any} */ (message), at * 1000), reduce(initial(), /** @type {any} */ (welcome), 0));
/** @param {object} more */
const moved = more => ({ type: 'moved', game: 'g', version: 2, ply: 0, player: 0, column: 4, row: 1, remaining: [61_000, 60_000], ...more });
const the = (/** @type {any} */ state) => state.games.get('g');

test('A new game is shown, and we know our side in it', () => {
  const state = after(game);
  assert.equal(state.current, 'g');
  assert.equal(the(state).side, 1);
  assert.ok(isPlaying(state));
});

test('A move follows, a repeated one changes nothing, and a gap is noticed', () => {
  const state = after(game, moved({}));
  assert.deepEqual([the(state).moves, the(state).toMove, the(state).version], ['4', 1, 2]);
  assert.equal(the(after(game, moved({}), moved({}))).moves, '4');
  assert.ok(the(after(game, moved({ version: 3, ply: 1 }))).behind);
});

test('A game that the server had to set back is shown as it is there, and what was lost is said', () => {
  const whole = { ...game, version: 2, moves: '4', toMove: 1 };
  const before = [game, moved({}), moved({ version: 3, ply: 1, player: 1, column: 3 })];
  assert.equal(the(after(...before, whole)).version, 3);
  const told = after(...before, { type: 'set_back', game: 'g', version: 2, ply: 1 });
  assert.deepEqual([the(told).behind, told.notice], [true, { what: 'set_back', moves: 1 }]);
  const shown = reduce(told, /** @type {any} */ (whole), 0);
  assert.deepEqual([the(shown).version, the(shown).moves, the(shown).behind], [2, '4', false]);
  assert.equal(the(reduce(shown, /** @type {any} */ (moved({ version: 3, ply: 1, player: 1, column: 5 })), 0)).moves, '45');
});

test('Only the clock of whoever is to move runs, and never below zero', () => {
  const state = after(game, moved({}));
  assert.deepEqual(remaining(the(state), 11_000), [61_000, 50_000]);
  assert.deepEqual(remaining(the(state), 999_000), [61_000, 0]);
});

test('Our move is pending until the server says it, and goes back with the reason when it is refused', () => {
  const mine = { ...game, toMove: 1, players: [player('Bob'), player('Ann')] };
  const pending = after(mine, { type: 'local', what: 'pending', game: 'g', ply: 0, column: 3 });
  assert.deepEqual(the(pending).pending, { ply: 0, column: 3 });
  const refused = reduce(pending, { type: 'local', what: 'settled', game: 'g', code: 'column_full' }, 0);
  assert.deepEqual([the(refused).pending, the(refused).problem], [null, 'column_full']);
  assert.equal(the(reduce(pending, /** @type {any} */ (moved({})), 0)).pending, null);
});

test('A chosen column waits to be confirmed and is forgotten when a disc falls', () => {
  const chosen = after(game, { type: 'local', what: 'choose', game: 'g', column: 3 });
  assert.equal(the(chosen).chosen, 3);
  assert.equal(the(reduce(chosen, /** @type {any} */ (moved({})), 0)).chosen, null);
});

test('A game that begins from an opening is shown at once, as one on an empty board is', () => {
  const state = after({ ...game, opening: '112755', moves: '112755', pair: 1 });
  assert.deepEqual([state.current, the(state).pair, the(state).opening], ['g', 1, '112755']);
  assert.equal(after(game, { ...game, game: 'h', opening: '112755', moves: '112755' }).current, 'h');
  assert.equal(after(game, { ...game, game: 'h', opening: '112755', moves: '1127554' }).current, 'g');
});

test('After a swap the players have changed places', () => {
  const state = after(game, moved({}), { ...game, version: 3, moves: '4', toMove: 1, swap: 'done', players: [player('Ann'), player('Bob')] });
  assert.deepEqual([the(state).side, the(state).swap], [0, 'done']);
});

test('Who is away has a time after which the win can be claimed', () => {
  const state = after(game, { type: 'presence', game: 'g', player: 0, connected: false, claimableIn: 60_000, forfeitsIn: 360_000 });
  assert.deepEqual([the(state).players[0].connected, the(state).players[0].claimableAt, the(state).players[0].forfeitsAt], [false, 61_000, 361_000]);
});

test('What is said is remembered for whoever said it', () => {
  const state = after(game, { type: 'reaction', game: 'g', player: 0, reaction: 'nice' });
  assert.deepEqual(the(state).said, [{ reaction: 'nice', at: 1000 }, null]);
});

test('Changes apply to the list that they follow, and to no other', () => {
  const list = { type: 'user_list', version: 5, online: 1, users: [user('Ann')] };
  const changes = { type: 'user_changes', from: 5, version: 6, online: 2, changed: [user('Bob')], removed: [] };
  assert.deepEqual([...after(list, changes).users.keys()], ['Ann', 'Bob']);
  assert.deepEqual([...after(list, { ...changes, from: 4 }).users.keys()], ['Ann']);
  const running = { type: 'running_games', version: 1, running: 1, games: [{ game: 'x', players: [], moves: '', clock: null }] };
  assert.equal(after(running, { type: 'running_changes', from: 1, version: 2, running: 0, changed: [], removed: ['x'] }).running.games.size, 0);
});

test('Who may be challenged is who is free and lets us', () => {
  const may = (/** @type {object} */ more) => challengeable(after(), /** @type {any} */ (user('Bob', more)));
  assert.ok(may({}));
  assert.ok(may({ state: 'PLAYING', open: true }));
  assert.ok(!may({ state: 'PLAYING' }));
  assert.ok(!may({ challenges: 'accounts' }));
  assert.ok(!may({ challenges: 'nobody' }));
  assert.ok(!challengeable(after(invitation), /** @type {any} */ (user('Cy'))));
  assert.ok(!challengeable(after({ type: 'preferences', open: false, challenges: 'everybody', blocked: ['Bob'] }), /** @type {any} */ (user('Bob'))));
});

test('That the server could not be reached is said until it can be', () => {
  const unreachable = { type: 'local', what: 'notice', notice: { what: 'refused', code: 'unreachable' } };
  const open = { type: 'local', what: 'connection', to: 'open' };
  assert.equal(after(unreachable, open).notice, null);
  assert.deepEqual(after({ ...unreachable, notice: { what: 'refused', code: 'you_are_busy' } }, open).notice, { what: 'refused', code: 'you_are_busy' });
});

test('A line is slow for as long as its last answer was', () => {
  /** @param {boolean} isSlow */
  const measured = isSlow => ({ type: 'local', what: 'measured', isSlow });
  assert.equal(after().isSlow, false);
  assert.equal(after(measured(true)).isSlow, true);
  assert.equal(after(measured(true), measured(false)).isSlow, false);
});

test('Waiting and a link end as the server says', () => {
  const seek = { type: 'seek', status: 'waiting', clocks: [null], swap: false, pair: false, waited: 5_000, game: null };
  assert.equal(after(seek).seek?.since, -5_000);
  assert.equal(after(seek, { ...seek, status: 'paired', game: 'g' }).seek, null);
  const link = { type: 'link', status: 'open', key: 'k', clock: null, swap: false, pair: false, expiresIn: 1_000, game: null };
  assert.equal(after(link).link?.expiresAt, 1_000);
  const expired = after(link, { ...link, status: 'expired', expiresIn: 0 });
  assert.deepEqual([expired.link, expired.notice], [null, { what: 'link', status: 'expired' }]);
});

test('The last that became of something is what is said, until a game begins', () => {
  const declined = { ...invitation, from: 'Ann', to: 'Bob', status: 'declined', expiresIn: 0 };
  const refused = { type: 'local', what: 'notice', notice: { what: 'refused', code: 'you_are_busy' } };
  assert.deepEqual(after(refused, declined).notice, { what: 'invitation', status: 'declined', mine: true, other: 'Bob' });
  assert.deepEqual(after(declined, refused).notice, { what: 'refused', code: 'you_are_busy' });
  assert.equal(after(refused, invitation).notice, null);
  assert.equal(after(refused, game).notice, null);
});

test('An accepted rematch puts the finished game away', () => {
  const state = after(game, { type: 'game_over', game: 'g', version: 2, winner: 0, reason: 'forfeit', cells: [] }, { ...invitation, status: 'accepted', rematchOf: 'g', game: 'h', expiresIn: 0 });
  assert.equal(state.games.size, 0);
});

test('Names that objects have by themselves are names like any other', () => {
  const state = after({ type: 'user_list', version: 1, online: 2, users: [user('constructor'), user('__proto__')] });
  assert.equal(state.users.size, 2);
  assert.equal(/** @type {any} */ ({}).name, undefined);
});

test('After a reload nothing is shown before the games that were open are there, or are known to be gone', () => {
  const again = (/** @type {object[]} */ ...messages) => isWhole([welcome, ...messages].reduce((state, message) => reduce(state, /** @type {any} */ (message), 0), initial(['g', 'h'])));
  const pong = { type: 'pong', games: ['g'], unknown: ['h'] };
  assert.ok(isWhole(after()));
  assert.ok(!isWhole(initial()));
  assert.deepEqual([again(), again(pong), again(game)], [false, false, false]);
  assert.deepEqual([again(pong, game), again(game, pong)], [true, true]);
});
