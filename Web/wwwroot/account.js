// The page of one's own account: the way in for strangers, and what there is to change for whoever is logged in.
import { at } from './address.js';
import { api } from './api.js';
import { t } from './i18n.js';
import { problemIn } from './texts.js';
import { find, say } from './views/dom.js';
import { formView } from './views/form.js';
import { showSession } from './views/header.js';
import { swatchesView } from './views/swatches.js';

/** @typedef {import('./api.js').Account} Account */

/** @type {(selector: string) => HTMLFormElement} */ const form = find;
const notice = find('#notice');
const dialog = /** @type {HTMLDialogElement} */ (find('#delete-dialog'));
const swatches = swatchesView(find('.swatches'));

formView(form('#log-in'), {
  send: values => api.logIn(values.get('name').trim(), values.get('password')),
  done: () => enter(['token', 'name', 'games']),
});

formView(form('#register'), {
  // The guest of this tab becomes the account, with the games that they are playing.
  send: values => api.register(values.get('name').trim(), values.get('password'), sessionStorage.token ?? null),
  done: () => enter(['token']),
});

formView(form('#preferences'), {
  send: values => api.change({ colour: values.get('colour') || null, openToMore: values.get('openToMore') === 'on' }),
  done: () => t('account.saved'),
  loggedOut,
});

formView(form('#rename'), {
  send: values => api.change({ name: values.get('name').trim() }),
  done: account => {
    showMyName(account);
    return t('account.renamed', { name: account.name });
  },
  loggedOut,
});

formView(form('#password'), {
  send: values => api.changePassword(values.get('current'), values.get('new')),
  done: () => {
    form('#password').reset();
    return t('account.password_changed');
  },
  loggedOut,
});

formView(form('#delete-form'), {
  send: values => api.deleteAccount(values.get('password')),
  done: () => enter(['token', 'name', 'games']),
  loggedOut: () => {
    dialog.close();
    loggedOut();
  },
});

leaving('#log-out', api.logOut);
leaving('#log-out-everywhere', api.logOutEverywhere);
find('#delete').addEventListener('click', () => {
  form('#delete-form').reset();
  dialog.showModal();
});
find('#keep').addEventListener('click', () => dialog.close());

/** @param {string} selector @param {typeof api.logOut} leave */
function leaving(selector, leave) {
  find(selector).addEventListener('click', async () => {
    const answer = await leave();
    if (answer.ok || answer.status === 401) enter(['token', 'name', 'games']);
    else say(find('#leave-problem'), problemIn(answer));
  });
}

/** To the lobby, as somebody else than before. @param {string[]} forgotten what this tab knew of who it was */
function enter(forgotten) {
  for (const key of forgotten) sessionStorage.removeItem(key);
  location.assign(at());
}

function loggedOut() {
  show({ ok: true, value: { account: null } });
  say(notice, t('error.not_logged_in'));
  find('#title').focus();
}

/** @param {import('./api.js').Answer<{account: Account|null}>} session */
function show(session) {
  if (!session.ok && session.status !== 404) return say(notice, problemIn(session));
  const account = session.ok ? session.value.account : null;
  find('#strangers').hidden = !!account;
  find('#mine').hidden = !account;
  showSession(session);
  if (account) return showMine(account);
  say(find('#title'), t('account.title'));
  if (sessionStorage.token) /** @type {HTMLInputElement} */ (find('#register-name')).value = sessionStorage.name ?? '';
  if (location.hash === '#create') find('#register-name').focus();
}

/** @param {Account} account */
function showMine(account) {
  showMyName(account);
  swatches.choose(account.colour);
  /** @type {HTMLInputElement} */ (find('[name=openToMore]')).checked = account.openToMore;
}

/** @param {Account} account */
function showMyName(account) {
  say(find('#title'), t('account.yours', { name: account.name }));
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('#rename-name, [name=username]'))) field.value = account.name;
  showSession({ ok: true, value: { account } });
}

show(await api.session());
