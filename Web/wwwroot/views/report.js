import { api } from '../api.js';
import { list, t } from '../i18n.js';
import { nameOf, problemIn } from '../texts.js';
import { sideOf } from '../viewer.js';
import { element, say } from './dom.js';

/** @typedef {import('../api.js').Game} Game */
/** @typedef {import('../api.js').Report} Report */
/** @typedef {import('../api.js').ReportedMove} Move */

const svg = 'http://www.w3.org/2000/svg';
const [width, height] = [600, 160];
/** No score is beyond it. */
const most = 18;

/**
 * What perfect play says of a finished game: how well each side played, how the game went, and where it turned.
 * @param {HTMLElement} root @param {(ply: number) => void} go shows the board after so many plies
 */
export function reportView(root, go) {
  const card = root.appendChild(element('section', 'card report'));
  card.hidden = true;
  const heading = card.appendChild(element('h2', '', t('report.title')));
  heading.id = 'report-title';
  card.setAttribute('aria-labelledby', heading.id);
  const status = card.appendChild(element('p', 'hint', t('report.working')));
  status.setAttribute('role', 'status');
  let asked = '';

  /** @param {Game} game */
  return async game => {
    if (!game.game || !game.result || game.moves === game.opening || asked === game.game) return;
    asked = game.game;
    card.hidden = false;
    const answer = await api.report(game.game);
    say(status, answer.ok ? '' : problemIn(answer));
    if (answer.ok) card.append(accuracyOf(game, answer.value), element('p', 'hint', t('report.accuracy_hint')), graphOf(game, answer.value), turningPoints(game, answer.value), tableOf(game, answer.value));
  };

  /** @param {Game} game @param {Report} report */
  function turningPoints(game, report) {
    const points = element('ol', 'turning-points');
    report.moves.forEach((move, at) => {
      if (!move.mistake) return;
      const ply = game.opening.length + at;
      const button = points.appendChild(element('li')).appendChild(element('button', '', inWords(game, move, ply)));
      button.type = 'button';
      button.addEventListener('click', () => go(ply + 1));
    });
    return points.childElementCount > 0 ? points : element('p', '', t('report.no_mistakes'));
  }
}

/** @param {Game} game @param {Move} move @param {number} ply */
const inWords = (game, move, ply) => t(`report.${move.mistake}`, { ply: ply + 1, name: nameOf(game.players[sideOf(ply)]), columns: t('report.columns', { count: move.best.length, columns: list(move.best.map(String)) }) });

/** @param {Game} game @param {Report} report */
function accuracyOf(game, report) {
  const all = element('dl', 'facts');
  game.players.forEach((player, side) => {
    const row = all.appendChild(element('div'));
    row.append(element('dt', '', nameOf(player)), element('dd', '', t('report.accuracy', { percent: Math.round(report.accuracy[side]) })));
  });
  return all;
}

/** How the game stood after each ply: above the middle the one who moved first was winning, below it the other, and the further the sooner. @param {Game} game @param {Report} report */
function graphOf(game, report) {
  const plot = document.createElementNS(svg, 'svg');
  plot.setAttribute('viewBox', `0 0 ${width} ${height}`);
  plot.setAttribute('class', 'plot');
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', t('report.graph', { first: nameOf(game.players[0]), second: nameOf(game.players[1]) }));
  // An opening has an even number of discs, so that the first move is always player 1's.
  const scores = [report.moves[0].before, ...report.moves.map((move, at) => sideOf(at) === 0 ? move.after : -move.after)];
  const x = (/** @type {number} */ at) => 8 + (width - 16) * at / report.moves.length;
  const y = (/** @type {number} */ score) => height / 2 - (height / 2 - 8) * score / most;
  shape('line', { x1: 0, x2: width, y1: height / 2, y2: height / 2 });
  shape('polyline', { points: scores.map((score, at) => `${x(at)},${y(score)}`).join(' ') });
  report.moves.forEach((move, at) => { if (move.mistake) shape('circle', { cx: x(at + 1), cy: y(scores[at + 1]), r: 5 }); });
  return plot;

  /** @param {string} name @param {Record<string, string|number>} attributes */
  function shape(name, attributes) {
    const made = plot.appendChild(document.createElementNS(svg, name));
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  }
}

/** Every move in numbers. @param {Game} game @param {Report} report */
function tableOf(game, report) {
  const details = element('details');
  details.append(element('summary', '', t('report.table')));
  const table = details.appendChild(element('table'));
  const head = table.appendChild(element('thead')).appendChild(element('tr'));
  for (const key of ['report.move', 'report.player', 'report.column', 'report.before', 'report.after', 'report.best']) head.appendChild(element('th', '', t(key))).scope = 'col';
  const body = table.appendChild(element('tbody'));
  report.moves.forEach((move, at) => {
    const ply = game.opening.length + at;
    const row = body.appendChild(element('tr'));
    for (const value of [ply + 1, nameOf(game.players[sideOf(ply)]), move.column, signed(move.before), signed(move.after), move.best.join(' ')]) row.appendChild(element('td', '', String(value)));
  });
  return details;
}

/** @param {number} score */
const signed = score => score > 0 ? `+${score}` : score < 0 ? `−${-score}` : '0';
