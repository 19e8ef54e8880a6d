// The page of one game, running or over: fetched again while it runs and somebody looks.
import { api } from './api.js';
import { t } from './i18n.js';
import { problemIn } from './texts.js';
import { find, say, subject } from './views/dom.js';
import { showSession } from './views/header.js';
import { title, viewerView } from './views/viewer.js';

const again = 3_000;

const id = subject();
const root = find('#viewer');
const viewer = viewerView(root, { isHere: true });
let isShown = false;
let isOver = false;
/** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;

async function load() {
  clearTimeout(timer);
  const answer = await api.game(id);
  clearTimeout(timer); // Somebody may have come back to the tab meanwhile and asked as well.
  if (answer.ok) show(answer.value);
  else if (answer.status === 404) return missing();
  say(find('#notice'), answer.ok ? '' : problemIn(answer));
  if (!isOver) timer = setTimeout(() => { if (!document.hidden) load(); }, Math.max(again, answer.ok ? 0 : (answer.retryAfter ?? 0) * 1000));
}

/** @param {import('./api.js').Game} game */
function show(game) {
  if (isShown) viewer.update(game);
  else viewer.show(game);
  isShown = true;
  isOver = game.result !== null;
  root.hidden = false;
  find('#watch').hidden = isOver;
  /** @type {HTMLAnchorElement} */ (find('#watch a')).href = `./#watch=${encodeURIComponent(id)}`;
  say(find('#title'), title(game));
  document.title = t('site.page', { title: title(game) });
}

function missing() {
  isOver = true;
  say(find('#title'), t('game.missing_title'));
  document.title = t('site.page', { title: t('game.missing_title') });
  find('#missing').hidden = false;
}

document.addEventListener('visibilitychange', () => { if (!document.hidden && !isOver) load(); });
await Promise.all([load(), api.session().then(showSession)]);
