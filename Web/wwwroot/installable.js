// Makes the page installable, and lets it start without a connection.
import { at } from './address.js';

/** The one script that may be loaded by an address that is a text: our own worker. @type {{createPolicy: (name: string, rules: {createScriptURL: (url: string) => string}) => {createScriptURL: (url: string) => string}}|undefined} */
const trust = Reflect.get(window, 'trustedTypes');

/** A first visit does not pay for a later one: the worker, and all that it keeps, comes when the lobby is opened a second time and the page has nothing else to do. */
export function installWorker() {
  if (!('serviceWorker' in navigator)) return;
  if (localStorage.getItem('visited') !== 'yes') return localStorage.setItem('visited', 'yes');
  const register = () => navigator.serviceWorker.register(trust?.createPolicy('connect-four', { createScriptURL: () => address }).createScriptURL(address) ?? address)
    .catch(() => {}); // Some browsers have none in a private window.
  if ('requestIdleCallback' in window) requestIdleCallback(register);
  else setTimeout(register, 2_000);
}

const address = at('sw.js');
