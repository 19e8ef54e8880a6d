// What wants attention while somebody looks elsewhere: the title, a mark on the icon, a sound, and a notification if they asked for it.
import { t } from './i18n.js';
import { preferences } from './preferences.js';
import { sound } from './sounds.js';
import { opponents } from './texts.js';
import { rowOf } from './viewer.js';

/** @typedef {import('./state.js').State} State */

const icon = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel=icon]'));
const [quiet, marked] = [icon.href, icon.dataset.marked ?? icon.href];
/** One notification at a time: the newest takes the place of the one before. */
const tag = 'connect-four';
/** @type {Notification|null} */ let shown = null;
/** What the page is called while nothing has happened. */
let title = document.title;
const mark = '● ';

document.addEventListener('visibilitychange', () => { if (!document.hidden) settle(); });

/** What the page is called from now on; while there is news in its place, from when somebody has seen that. @param {string} text */
export function entitle(text) {
  title = text;
  if (!document.title.startsWith(mark)) document.title = title;
}

/** @param {State} state @param {State} before */
export function notify(state, before) {
  const news = newsOf(state, before);
  if (!news) return;
  if (!document.hidden || news.text) sound(news.sound, news.row); // Nobody who looks elsewhere wants to hear what is not news.
  if (!document.hidden || !news.text) return;
  document.title = mark + news.text;
  icon.href = marked;
  if (preferences.get('notify') !== 'on' || !('Notification' in window) || Notification.permission !== 'granted') return;
  announce(news.text);
}

/** A notification that leads here. On Android only the worker can show one; there the constructor throws. @param {string} body */
function announce(body) {
  shown?.close();
  try {
    shown = new Notification(t('site.name'), { body, tag });
    shown.addEventListener('click', () => focus());
  } catch {
    navigator.serviceWorker?.ready.then(worker => worker.showNotification(t('site.name'), { body, tag })).catch(() => {});
  }
}

function settle() {
  document.title = title;
  icon.href = quiet;
  shown?.close();
  shown = null;
  if ('serviceWorker' in navigator) navigator.serviceWorker.getRegistration().then(worker => worker?.getNotifications({ tag })).then(all => all?.forEach(old => old.close())).catch(() => {});
}

/** What has happened that concerns us, or null. @param {State} state @param {State} before @returns {{text: string, sound: import('./sounds.js').Sound, row?: number}|null} */
function newsOf(state, before) {
  if (state.invitation && !state.invitation.mine && state.invitation !== before.invitation) return { text: t('notify.challenged', { name: state.invitation.from }), sound: 'challenge' };
  for (const game of state.games.values()) {
    const old = before.games.get(game.id);
    if (game.side === null || game === old) continue;
    if (!old && !game.result && game.moves === game.opening) return { text: t('notify.begun', { name: opponents(game) }), sound: 'challenge' };
    if (old && !old.result && game.result) return { text: t('notify.over', { name: opponents(game) }), sound: game.result.winner === null ? 'draw' : game.result.winner === game.side ? 'win' : 'loss' };
    if (old && game.moves.length > old.moves.length) return game.toMove === game.side ? { text: t('notify.turn', { name: opponents(game) }), sound: 'move', row: rowOf(game.moves, game.moves.length) } : { text: '', sound: 'land', row: rowOf(game.moves, game.moves.length) };
  }
  return null;
}
