import { t } from '../i18n.js';
import { preferences } from '../preferences.js';
import { remaining } from '../state.js';
import { time } from '../texts.js';
import { say } from './dom.js';
import { signs } from './reactions.js';

/** @typedef {import('../state.js').Game} Game */
/** @typedef {ReturnType<typeof import('./player.js').playerView>} Box */

const lowTime = 20_000;
/** How long it is shown what somebody said. */
const saidFor = 6_000;

/** The clocks as they stand. @param {Box[]} boxes @param {Game} game @param {number} now */
export function showClocks(boxes, game, now) {
  const left = remaining(game, now);
  boxes.forEach(({ clock }, side) => {
    say(clock, game.clock ? time(left[side]) : '');
    clock.classList.toggle('low', !!game.clock && left[side] < lowTime);
  });
}

/** Who is away and for how long, and what was said a moment ago. @param {Box[]} boxes @param {Game} game @param {number} now @param {readonly string[]} blocked */
export function showCompany(boxes, game, now, blocked) {
  boxes.forEach(({ away, said }, side) => {
    const { connected, claimableAt } = game.players[side];
    const seconds = claimableAt === null ? 0 : Math.max(0, Math.ceil((claimableAt - now) / 1000));
    say(away, connected || game.result ? '' : seconds ? t('play.away', { count: seconds }) : t('play.away_long'));
    const word = game.said[side];
    say(said, word && now - word.at < saidFor && isHeard(game, side, blocked) ? `${signs[word.reaction]} ${t(`reactions.${word.reaction}`)}` : '');
  });
}

/** Whether our own clock is about to run out. @param {Game} game @param {number} now */
export const isShort = (game, now) => !!game.clock && game.side !== null && game.toMove === game.side && remaining(game, now)[game.side] < lowTime;

/** What a player has just said, for whoever listens; nothing if it is not wanted, or nothing new. @param {Game} before @param {Game} game @param {readonly string[]} blocked */
export function saidAnew(before, game, blocked) {
  const side = game.said.findIndex((word, side) => word && word !== before.said[side] && side !== game.side && isHeard(game, side, blocked));
  const word = game.said[side];
  return word ? t('reactions.said', { name: game.players[side].name, reaction: t(`reactions.${word.reaction}`) }) : '';
}

/** @param {Game} game @param {number} side @param {readonly string[]} blocked */
const isHeard = (game, side, blocked) => side === game.side || preferences.get('reactions') === 'on' && !blocked.includes(game.players[side].name);
