import { at } from '../address.js';
import { isMirrored, list, t } from '../i18n.js';
import { boardIn, nameOf, shown, time } from '../texts.js';
import { begin, clocksAfter, isAtEnd, step, toMove, update } from '../viewer.js';
import { showClocks, showCompany } from './company.js';
import { element, say } from './dom.js';
import { factsView } from './facts.js';
import { isOurs } from './keys.js';
import { plateView } from './plate.js';
import { playerView, showName } from './player.js';
import { pliesView } from './plies.js';

/** @typedef {import('../viewer.js').Viewing} Viewing */
/** @typedef {import('../api.js').Game} Game */

const [back, forward] = isMirrored ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];

/** The buttons, the keys that do the same, and where they lead from a ply. The signs turn by themselves where one reads from the right. */
const ways = [
  { label: t('viewer.first'), sign: '«', key: 'Home', from: () => 0 },
  { label: t('viewer.back'), sign: '‹', key: back, from: (/** @type {number} */ ply) => ply - 1 },
  { label: t('viewer.forward'), sign: '›', key: forward, from: (/** @type {number} */ ply) => ply + 1 },
  { label: t('viewer.last'), sign: '»', key: 'End', from: () => Infinity },
];

/**
 * A game to step through, running or over.
 * @param {HTMLElement} root an empty element @param {{isHere: boolean}} options whether the game is one of this server's, with an address of its own
 */
export function viewerView(root, { isHere }) {
  const card = root.appendChild(element('div', 'card game'));
  const boxes = card.appendChild(element('div', 'players'));
  const players = [0, 1].map(side => playerView(boxes, side));
  const status = card.appendChild(element('p', 'turn'));
  status.setAttribute('role', 'status');
  const board = card.appendChild(element('div', 'board'));
  board.setAttribute('role', 'img');
  const plate = plateView(board, () => element('span', 'column'));
  const bar = card.appendChild(element('div', 'steps'));
  const buttons = ways.map(way => button(way.sign, way.label, () => viewing && go(way.from(viewing.ply))));
  const slider = bar.appendChild(element('input'));
  slider.type = 'range';
  slider.setAttribute('aria-label', t('viewer.slider'));
  slider.addEventListener('input', () => go(slider.valueAsNumber));
  const analysis = card.appendChild(element('p', 'buttons analyse')).appendChild(element('a', 'button', t('analysis.here')));
  const side = root.appendChild(element('div', 'card about'));
  const plies = pliesView(side, go);
  const facts = factsView(side, isHere);
  /** @type {Viewing|null} */ let viewing = null;
  /** The game as a line tells of it, and whose words are not wanted. @type {{game: import('../state.js').Game, blocked: readonly string[]}|null} */
  let live = null;
  /** Counts the games shown here, for a record may name no game. */
  let count = 0;

  document.addEventListener('keydown', event => {
    const way = ways.find(way => way.key === event.key);
    if (!viewing || !way || event.shiftKey || !isOurs(event)) return;
    event.preventDefault();
    go(way.from(viewing.ply));
  });

  setInterval(tick, 100);

  /** While it runs, clocks and people change between the moves too; whoever has stepped back sees the clocks of then. */
  function tick() {
    if (!live || !viewing) return;
    const now = performance.now();
    if (!viewing.game.result && isAtEnd(viewing)) showClocks(players, live.game, now);
    showCompany(players, live.game, now, live.blocked);
  }

  /** @param {string} sign @param {string} label @param {() => void} click */
  function button(sign, label, click) {
    const made = bar.appendChild(element('button', '', sign));
    made.type = 'button';
    made.title = label;
    made.setAttribute('aria-label', label);
    made.addEventListener('click', click);
    return made;
  }

  /** @param {number} ply */
  function go(ply) {
    if (viewing) render(step(viewing, ply));
  }

  /** @param {Viewing} next */
  function render(next) {
    viewing = next;
    const { game, ply } = viewing;
    const last = game.moves.length;
    const clocks = clocksAfter(game, ply);
    players.forEach(({ box, disc, name, clock }, side) => {
      box.dataset.turn = String(toMove(next) === side);
      disc.dataset.colour = game.players[side].colour;
      showName(name, game.players[side]);
      say(clock, clocks ? time(clocks[side]) : '');
    });
    say(status, shown(viewing));
    board.setAttribute('aria-label', boardIn(viewing));
    plate.draw({ game: String(count), players: game.players, moves: game.moves.slice(0, ply), line: ply === last ? game.result?.cells ?? [] : [] });
    buttons.forEach((button, at) => button.setAttribute('aria-disabled', String(at < 2 ? ply === 0 : ply === last)));
    slider.max = String(last);
    slider.value = String(ply);
    slider.setAttribute('aria-valuetext', t('viewer.position', { ply, last }));
    analysis.hidden = !game.result; // While it runs nobody is told.
    analysis.href = at(`analysis?moves=${game.moves.slice(0, ply)}`);
    plies.render(viewing);
    facts.render(game);
    tick();
  }

  return {
    /** @param {Game} game */
    show(game) {
      count++;
      render(begin(game));
    },
    go,
    /** The same game, fetched again. @param {Game} game */
    update: game => viewing && render(update(viewing, game)),
    /** The same game as a line tells of it; null when there is none. @param {{game: import('../state.js').Game, blocked: readonly string[]}|null} told */
    follow(told) {
      live = told;
      tick();
    },
  };
}

/** Who plays, as a heading. @param {Game} game */
export const title = game => list(game.players.map(nameOf));
