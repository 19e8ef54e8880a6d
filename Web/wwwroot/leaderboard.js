// The leaderboard: who is best, as far as is known.
import { api } from './api.js';
import { t } from './i18n.js';
import { problemIn, ratingIn } from './texts.js';
import { element, find, say } from './views/dom.js';
import { showSession } from './views/header.js';
import { showName } from './views/player.js';

async function load() {
  const [session, answer] = await Promise.all([api.session(), api.leaderboard()]);
  showSession(session);
  if (!answer.ok) return say(find('#notice'), problemIn(answer));
  const me = session.ok ? session.value.account?.name : undefined;
  find('tbody').replaceChildren(...answer.value.players.map(player => line(player, player.name === me)));
  find('table').hidden = answer.value.players.length === 0;
  find('.none').hidden = answer.value.players.length > 0;
}

/** @param {import('./api.js').Ranked} player @param {boolean} isMe */
function line(player, isMe) {
  const row = element('tr', isMe ? 'me' : '');
  const [rank, name, rating, games] = ['rank', 'name', 'rating', 'count'].map(kind => row.appendChild(element('td', kind)));
  rank.textContent = String(player.rank);
  showName(name.appendChild(element('span')), { name: player.name, kind: 'account' });
  if (isMe) name.append(` ${t('lobby.you')}`);
  rating.textContent = `${ratingIn(player)} ± ${Math.round(player.deviation)}`;
  games.textContent = String(player.games);
  return row;
}

await load();
