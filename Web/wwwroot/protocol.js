// The wire as docs/protocol.md describes it: what a message looks like, and how to make one.

/** @typedef {{name: string, state: 'AVAILABLE'|'INVITATION_SENT'|'INVITATION_RECEIVED'|'PLAYING', kind: string, games: number, open: boolean, wins: number, losses: number, draws: number, colour: string|null}} User */
/** @typedef {{initial: number, increment: number}} ClockSetting seconds */
/** @typedef {{winner: 0|1|null, reason: 'four'|'full'|'forfeit'|'flag'|'absence', cells: [number, number][]}} Result */
/** @typedef {{name: string, colour: string, connected: boolean, forfeitsIn: number|null}} Player */
/** @typedef {{type: 'welcome', protocol: number, name: string, kind: string, token: string|null, epoch: string}} Welcome */
/** @typedef {{type: 'user_list', version: number, online: number, users: User[]}} UserList */
/** @typedef {{type: 'user_changes', from: number, version: number, online: number, changed: User[], removed: string[]}} UserChanges */
/** @typedef {{type: 'invitation', status: 'sent'|'received'|'accepted'|'declined'|'withdrawn'|'expired'|'gone', from: string, to: string, clock: ClockSetting|null, expiresIn: number, game: string|null, rematchOf: string|null}} InvitationMessage */
/** @typedef {{type: 'game', game: string, version: number, players: [Player, Player], moves: string, toMove: 0|1|null, clock: (ClockSetting & {remaining: [number, number]})|null, result: Result|null}} WholeGame */
/** @typedef {{type: 'moved', game: string, version: number, ply: number, player: 0|1, column: number, row: number, remaining: [number, number]|null}} Moved */
/** @typedef {{type: 'game_over', game: string, version: number} & Result} GameOver */
/** @typedef {{type: 'presence', game: string, player: 0|1, connected: boolean, forfeitsIn: number|null}} Presence */
/** @typedef {{type: 'pong', games: string[], unknown: string[]}} Pong */
/** @typedef {{type: 'ok', users?: User[]}} Ok */
/** @typedef {{type: 'error', code: string, message: string}} Refused */
/** @typedef {(Welcome|UserList|UserChanges|InvitationMessage|WholeGame|Moved|GameOver|Presence|Pong|Ok|Refused) & {re?: number}} ServerMessage */
/** @typedef {{type: string, [field: string]: unknown}} ClientMessage */

/** The palette of discs. */
export const colours = ['red', 'yellow', 'blue', 'orange', 'purple', 'green', 'white', 'black'];

export const subProtocol = 'connect-four.v1';

export const make = {
  /** @param {string} username */
  hello: username => ({ type: 'new_connection', username }),
  /** @param {string} token */
  resume: token => ({ type: 'new_connection', token }),
  /** The account that this browser is logged in as. */
  account: () => ({ type: 'new_connection' }),
  /** @param {string} opponent @param {ClockSetting|null} clock */
  challenge: (opponent, clock) => ({ type: 'challenge', opponent, clock }),
  /** @param {'accept'|'decline'|'cancel'} type @param {string} opponent */
  answer: (type, opponent) => ({ type, opponent }),
  /** @param {string} game @param {number} ply @param {number} column */
  move: (game, ply, column) => ({ type: 'move', game, ply, column }),
  /** @param {string} game */
  quit: game => ({ type: 'quit', game }),
  /** @param {string} game */
  rematch: game => ({ type: 'rematch', game }),
  /** @param {boolean} more */
  open: more => ({ type: 'open', more }),
  /** @param {string} prefix */
  find: prefix => ({ type: 'find', prefix }),
  /** @param {{game: string, version: number}[]} games */
  ping: games => ({ type: 'ping', games }),
};
