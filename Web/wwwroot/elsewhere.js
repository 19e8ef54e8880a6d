// The other tabs of this browser in which somebody is here as a guest. Each tab is somebody of its own, which nobody expects who opens a second one.
import { at } from './address.js';

/** How long we wait for an answer, in ms; tabs that are not shown answer as soon. */
const patience = 150;
const channel = new BroadcastChannel(`guests ${at()}`);
let name = '';

channel.addEventListener('message', ({ data }) => { if (data === 'who' && name) channel.postMessage({ name }); });

/** Others may be told that we are here. @param {string} ours our name, or nothing when we are nobody any more */
export function tellOthers(ours) {
  name = ours;
}

/** Under which name somebody is here in another tab, or null. @returns {Promise<string|null>} */
export function otherGuest() {
  return new Promise(resolve => {
    const timer = setTimeout(() => done(null), patience);
    channel.addEventListener('message', hear);
    channel.postMessage('who');

    /** @param {MessageEvent} event */
    function hear({ data }) {
      if (typeof data?.name === 'string') done(data.name);
    }

    /** @param {string|null} name */
    function done(name) {
      clearTimeout(timer);
      channel.removeEventListener('message', hear);
      resolve(name);
    }
  });
}
