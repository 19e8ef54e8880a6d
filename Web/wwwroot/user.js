// The page of one account: what it is, and its games.
import { api } from './api.js';
import { pieces, t } from './i18n.js';
import { colourIn, day, problemIn } from './texts.js';
import { element, find, say, subject } from './views/dom.js';
import { gamesView } from './views/games.js';
import { showSession } from './views/header.js';
import { courseView, ratingView } from './views/rating.js';

const name = subject();

async function load() {
  const [session, answer] = await Promise.all([api.session(), api.user(name)]);
  showSession(session);
  if (!answer.ok && answer.status !== 404) return say(find('#notice'), problemIn(answer));
  if (!answer.ok) return missing();
  await show(answer.value, session.ok && session.value.account?.name === answer.value.name);
  await gamesView(answer.value.name);
}

/** @param {import('./api.js').User} user @param {boolean} isMe */
async function show(user, isMe) {
  document.title = t('site.page', { title: user.name });
  say(find('#name'), user.name);
  const disc = element('span', 'disc');
  disc.dataset.colour = user.colour ?? '';
  const online = element('strong', user.online ? 'online' : '', t(user.online ? 'user.here' : 'user.away'));
  // Whoever reads their own page is looking at it: to be told that they are not here would only puzzle them.
  find('#user .about').replaceChildren(...isMe ? [] : [online, ' · '], t('user.since', { date: day(user.registeredAt) }), ...user.colour ? [' · ', disc, ` ${colourIn(user.colour)}`] : []);
  find('#user .tallies').replaceChildren(tally(t('user.record'), user.record), ...user.against ? [tally(t('user.against'), user.against)] : []);
  if (user.rating) {
    find('#user .tallies').append(ratingView(user.rating));
    const course = await api.ratings(user.name);
    if (course.ok && course.value.ratings.length > 1) find('#user').append(courseView(course.value.ratings));
  }
  find('#user').hidden = false;
}

/** @param {string} label @param {import('./api.js').Tally} record */
function tally(label, { wins, losses, draws }) {
  const row = element('div');
  const value = element('dd');
  for (const [count, key] of /** @type {[number, string][]} */ ([[wins, 'user.won'], [losses, 'user.lost'], [draws, 'user.drawn']]))
    value.appendChild(element('span')).append(...pieces(key, { count: element('b', '', String(count)) }, count));
  row.append(element('dt', '', label), value);
  return row;
}

function missing() {
  document.title = t('site.page', { title: t('user.missing_title') });
  say(find('#name'), name);
  find('#missing').hidden = false;
}

await load();
