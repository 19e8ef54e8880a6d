import { at } from '../address.js';
import { t } from '../i18n.js';
import { day, moment, ratingIn } from '../texts.js';
import { element } from './dom.js';

/** @typedef {import('../api.js').Rating} Rating */
/** @typedef {import('../api.js').RatingPoint} RatingPoint */

const svg = 'http://www.w3.org/2000/svg';
const [width, height, margin] = [600, 180, 24];
const mostRows = 200;

/** A rating in words. @param {Rating} rating */
export function ratingView(rating) {
  const row = element('div');
  const value = element('dd', 'rating');
  value.append(
    element('b', '', t('user.rating_of', { rating: ratingIn({ rating: rating.value, provisional: rating.provisional }), deviation: Math.round(rating.deviation) })),
    ` · ${t('user.rank', { rank: rating.rank })} · ${t('user.rated_games', { count: rating.games })}${rating.provisional ? ` · ${t('user.provisional')}` : ''}`);
  row.append(element('dt', '', t('user.rating')), value);
  return row;
}

/** How it went, with the deviation as a band around it; in words for whoever does not see it. @param {RatingPoint[]} course two at least */
export function courseView(course) {
  const low = Math.min(...course.map(point => point.rating - point.deviation));
  const high = Math.max(...course.map(point => point.rating + point.deviation));
  const x = (/** @type {number} */ at) => margin + (width - 2 * margin) * at / (course.length - 1);
  const y = (/** @type {number} */ rating) => height - margin - (height - 2 * margin) * (rating - low) / Math.max(1, high - low);
  const figure = element('figure');
  const plot = figure.appendChild(document.createElementNS(svg, 'svg'));
  plot.setAttribute('viewBox', `0 0 ${width} ${height}`);
  plot.setAttribute('class', 'plot');
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', t('user.course_of', {
    first: Math.round(course[0].rating), last: Math.round(course[course.length - 1].rating),
    low: Math.round(Math.min(...course.map(point => point.rating))), high: Math.round(Math.max(...course.map(point => point.rating))),
  }));
  const band = [...course.map((point, at) => [x(at), y(point.rating + point.deviation)]), ...course.map((point, at) => [x(at), y(point.rating - point.deviation)]).reverse()];
  shape('polygon', { points: band.map(place => place.join()).join(' ') });
  shape('polyline', { points: course.map((point, at) => `${x(at)},${y(point.rating)}`).join(' ') });
  text(String(Math.round(high)), 0, 12);
  text(String(Math.round(low)), 0, height - 2);
  text(day(course[0].at), margin * 2, height - 2);
  text(day(course[course.length - 1].at), width, height - 2, 'end');
  figure.prepend(element('figcaption', 'hint', t('user.course')));
  figure.append(tableOf(course));
  return figure;

  /** @param {string} name @param {Record<string, string>} attributes */
  function shape(name, attributes) {
    const made = plot.appendChild(document.createElementNS(svg, name));
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  }

  /** @param {string} words @param {number} x @param {number} y @param {string} [anchor] */
  function text(words, x, y, anchor = 'start') {
    shape('text', { x: String(x), y: String(y), 'text-anchor': anchor }).textContent = words;
  }
}

/** The same in numbers, newest first, each with the game that it came from. Made when somebody opens it. @param {RatingPoint[]} course */
function tableOf(course) {
  const details = element('details');
  details.append(element('summary', '', t('user.course_table')));
  details.addEventListener('toggle', () => {
    const table = details.appendChild(element('table'));
    const head = table.appendChild(element('thead')).appendChild(element('tr'));
    for (const title of [t('user.course_at'), t('user.rating'), t('game.title')]) head.appendChild(element('th', '', title)).scope = 'col';
    table.appendChild(element('tbody')).append(...course.slice(-mostRows).reverse().map(line));
  }, { once: true });
  return details;
}

/** @param {RatingPoint} point */
function line(point) {
  const row = element('tr');
  const game = element('a', '', t('list.replay'));
  game.href = at(`game/${encodeURIComponent(point.game)}`);
  row.append(element('td', '', moment(point.at)), element('td', 'rating', t('user.rating_of', { rating: Math.round(point.rating), deviation: Math.round(point.deviation) })));
  row.appendChild(element('td')).append(game);
  return row;
}
