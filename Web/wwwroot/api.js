// The only module that knows HTTP: questions to /api, and their answers as values. What went wrong is an answer too, never an exception.
import { at } from './address.js';

/** @typedef {import('./protocol.js').ClockSetting} ClockSetting */
/** @typedef {import('./protocol.js').Result} Result */
/** @typedef {{wins: number, losses: number, draws: number}} Tally */
/** @typedef {{name: string, colour: string, kind: 'guest'|'account'|'deleted'}} Player */
/** @typedef {{name: string, colour: string|null, openToMore: boolean, registeredAt: string, record: Tally}} Account */
/** @typedef {{name: string, colour: string|null, registeredAt: string, online: boolean, record: Tally, against: Tally|null, rating: Rating|null}} User */
/** @typedef {{value: number, deviation: number, volatility: number, provisional: boolean, games: number, rank: number}} Rating */
/** @typedef {{rank: number, name: string, rating: number, deviation: number, provisional: boolean, games: number}} Ranked */
/** @typedef {{game: string, at: string, rating: number, deviation: number}} RatingPoint */

/**
 * @typedef {object} Game
 * @property {string|null} game its id; null if it came from a record that names none
 * @property {number} version
 * @property {[Player, Player]} players player 1 first
 * @property {string} startedAt
 * @property {string|null} endedAt
 * @property {ClockSetting|null} clock
 * @property {boolean} [rated]
 * @property {boolean} [swapped] whether the first disc was taken over: by player 1, whose it is now
 * @property {string} opening the columns of the discs that lay there as it began
 * @property {string} moves the columns in order, those of the opening too
 * @property {number[]|null} times ms left to the mover after each move that was played, increment included
 * @property {Result|null} result
 * @property {string|null} record the game as a text, once it is over
 * @property {string|null} hash
 */

/** @typedef {{column: number, before: number, after: number, best: number[], scores: (number|null)[], mistake: 'win_to_draw'|'win_to_loss'|'draw_to_loss'|null}} ReportedMove scores are those of whoever moved */
/** @typedef {{moves: ReportedMove[], accuracy: [number, number]}} Report */
/** @typedef {{id: number, moves: string, difficulty: string, winsIn: number}} Puzzle */
/** @typedef {{moves: string, scores: (number|null)[], score: number|null, known: boolean}} Analysis scores are those of whoever is to move */
/** @typedef {{game: string, players: [Player, Player], startedAt: string, endedAt: string|null, clock: ClockSetting|null, plies: number, rated: boolean, swapped: boolean, result: Pick<Result, 'winner'|'reason'>|null}} GameInList */
/** @typedef {{ok: false, status: number, code: string, detail: string, retryAfter: number|null}} Problem status: 0 without an answer; detail: a sentence for the person, or empty; retryAfter in seconds */
/** @template T @typedef {{ok: true, value: T} | Problem} Answer */

/** After this a person has given up; so do we. */
const patience = 15_000;

/**
 * @template [T=null]
 * @param {'GET'|'POST'|'PUT'|'PATCH'|'DELETE'} method @param {string} path @param {object} [body] @returns {Promise<Answer<T>>}
 */
async function ask(method, path, body) {
  try {
    const response = await fetch(at(`api/${path}`), {
      method,
      headers: method === 'GET' ? {} : { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    return response.ok ? { ok: true, value: text ? JSON.parse(text) : null } : problem(response, text);
  } catch {
    return { ok: false, status: 0, code: 'unreachable', detail: '', retryAfter: null };
  }
}

/** @param {Response} response @param {string} text @returns {Problem} */
function problem(response, text) {
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json');
  const { code, detail } = isProblem ? JSON.parse(text) : {};
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return { ok: false, status: response.status, code: code ?? `http_${response.status}`, detail: detail ?? '', retryAfter: Number.isNaN(retryAfter) ? null : retryAfter };
}

const part = encodeURIComponent;

export const api = {
  /** @param {string} id @returns {Promise<Answer<Game>>} */
  game: id => ask('GET', `games/${part(id)}`),
  /** A finished game beside perfect play. @param {string} id @returns {Promise<Answer<Report>>} */
  report: id => ask('GET', `games/${part(id)}/report`),
  /** What each column is worth. @param {string} moves @returns {Promise<Answer<Analysis>>} */
  analysis: moves => ask('GET', `analysis?moves=${part(moves)}`),
  /** @param {string} difficulty @returns {Promise<Answer<Puzzle>>} */
  puzzle: difficulty => ask('GET', `puzzles?difficulty=${part(difficulty)}`),
  /** Whether a column solves it. @param {number} id @param {number} column @returns {Promise<Answer<{right: boolean, column: number}>>} */
  solve: (id, column) => ask('POST', `puzzles/${id}`, { column }),
  /** Where the record of a game is downloaded. @param {string} id */
  recordOf: id => at(`api/games/${part(id)}/record`),
  /** @param {string} record @returns {Promise<Answer<Game>>} */
  replay: record => ask('POST', 'replays', { record }),

  /** Who invites by a link, and to what. @param {string} name @param {string} key @returns {Promise<Answer<{from: string, clock: ClockSetting|null, swap: boolean, pair: boolean, expiresIn: number}>>} */
  link: (name, key) => ask('GET', `links/${part(name)}/${part(key)}`),
  /** Best first. @returns {Promise<Answer<{players: Ranked[]}>>} */
  leaderboard: () => ask('GET', 'leaderboard'),
  /** How a rating went, oldest first. @param {string} name @returns {Promise<Answer<{ratings: RatingPoint[]}>>} */
  ratings: name => ask('GET', `users/${part(name)}/ratings`),

  /** @param {string} name @returns {Promise<Answer<User>>} */
  user: name => ask('GET', `users/${part(name)}`),
  /** Newest first. @param {string} name @param {string|null} before the key that the page before gave @param {string} result won, lost, drawn or nothing for all @returns {Promise<Answer<{games: GameInList[], next: string|null}>>} */
  gamesOf: (name, before, result) => ask('GET', `users/${part(name)}/games?${new URLSearchParams({ ...before !== null && { before }, ...result && { result } })}`),

  /** Who is logged in in this browser. @returns {Promise<Answer<{account: Account|null}>>} */
  session: () => ask('GET', 'session'),
  /** @param {string} name @param {string} password @returns {Promise<Answer<Account>>} */
  logIn: (name, password) => ask('POST', 'session', { name, password }),
  logOut: () => ask('DELETE', 'session'),
  logOutEverywhere: () => ask('DELETE', 'sessions'),

  /** @param {string} name @param {string} password @param {string|null} token the guest's who becomes an account @returns {Promise<Answer<Account>>} */
  register: (name, password, token) => ask('POST', 'account', { name, password, token }),
  /** @param {{name?: string, colour?: string|null, openToMore?: boolean}} what @returns {Promise<Answer<Account>>} */
  change: what => ask('PATCH', 'account', what),
  /** @param {string} current @param {string} wanted */
  changePassword: (current, wanted) => ask('PUT', 'account/password', { current, new: wanted }),
  /** @param {string} password */
  deleteAccount: password => ask('DELETE', 'account', { password }),
};
