import { t } from '../i18n.js';
import { entitle } from '../notify.js';
import { isWhole } from '../state.js';
import { connectionIn, noticeIn, titleIn } from '../texts.js';
import { find, say } from './dom.js';
import { showLinks } from './header.js';

/** Who we are, what the page is called, whether the line is up, and what became of what we asked for. */
export function noticeView() {
  const banner = find('#banner');
  const notice = find('#notice');
  const hello = find('#hello');

  return (/** @type {import('../state.js').State} */ state) => {
    document.body.dataset.connection = state.connection;
    find('#main').hidden = !isWhole(state);
    say(find('#line'), state.connection === 'open' ? t(state.isSlow ? 'connection.slow' : 'connection.good') : '');
    hello.hidden = state.me === null;
    say(find('strong', hello), state.me ?? '');
    showLinks(state.kind === null ? null : state.kind === 'account' ? 'account' : 'guest', state.me);
    // Nothing is lost yet while the page dials for the first time.
    say(banner, state.me === null && state.connection === 'connecting' ? '' : connectionIn(state.connection));
    banner.hidden = banner.textContent === '';
    entitle(titleIn(state));
    say(notice, state.notice ? noticeIn(state.notice) : '');
  };
}
