// Shows a game from its record; whether the record is right, the server says.
import { api } from './api.js';
import { t } from './i18n.js';
import { find } from './views/dom.js';
import { formView } from './views/form.js';
import { showSession } from './views/header.js';
import { title, viewerView } from './views/viewer.js';

const root = find('#viewer');
const heading = find('#title');
const record = /** @type {HTMLTextAreaElement} */ (find('#record'));
const file = /** @type {HTMLInputElement} */ (find('#file'));
const viewer = viewerView(root, { isHere: false });

formView(/** @type {HTMLFormElement} */ (find('#record-form')), {
  send: values => api.replay(values.get('record')),
  done: game => {
    viewer.show(game);
    root.hidden = heading.hidden = false;
    heading.textContent = title(game);
    document.title = t('site.page', { title: title(game) });
    heading.focus();
  },
});
file.addEventListener('change', async () => {
  record.value = await file.files?.[0]?.text() ?? record.value;
});
showSession(await api.session());
