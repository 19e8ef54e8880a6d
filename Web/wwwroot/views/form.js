import { problemIn } from '../texts.js';
import { find, say } from './dom.js';

/** Which field a problem is about: the first of these that the form has. Any other is said below the fields. @type {Record<string, string[]>} */
const about = {
  bad_name: ['name'],
  name_taken: ['name'],
  playing: ['name'],
  wrong_login: ['password'],
  wrong_password: ['current', 'password'],
  bad_password: ['new', 'password'],
  common_password: ['new', 'password'],
  bad_record: ['record'],
};

/**
 * A form that the server answers: it is sent once at a time, and what was wrong is said beside the field that it is about.
 * @template T
 * @param {HTMLFormElement} form
 * @param {object} how
 * @param {(values: {get: (name: string) => string}) => Promise<import('../api.js').Answer<T>>} how.send
 * @param {(value: T) => string|void} how.done may return what is said of it
 * @param {() => void} [how.loggedOut] what to do when nobody is logged in any more
 */
export function formView(form, { send, done, loggedOut }) {
  const button = /** @type {HTMLButtonElement} */ (find('[type=submit]', form));
  const said = form.querySelector('.said');

  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (button.ariaBusy) return;
    clear();
    button.ariaBusy = 'true';
    const values = new FormData(form);
    const answer = await send({ get: name => String(values.get(name) ?? '') });
    button.ariaBusy = null;
    if (!answer.ok) return answer.status === 401 && loggedOut ? loggedOut() : refuse(answer);
    const words = done(answer.value);
    if (said && words) said.textContent = words;
  });

  form.addEventListener('reset', clear);

  function clear() {
    if (said) said.textContent = '';
    for (const problem of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-problem]'))) say(problem, '');
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  }

  /** @param {import('../api.js').Problem} problem */
  function refuse(problem) {
    const name = about[problem.code]?.find(name => form.elements.namedItem(name)) ?? '';
    const field = name ? form.elements.namedItem(name) : null;
    const place = form.querySelector(`[data-problem="${name}"]`) ?? form.querySelector('[data-problem]');
    if (place) place.textContent = problemIn(problem);
    if (!(field instanceof HTMLElement)) return;
    field.setAttribute('aria-invalid', 'true');
    field.focus();
  }
}
