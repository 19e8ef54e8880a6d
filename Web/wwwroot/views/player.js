import { at } from '../address.js';
import { nameOf } from '../texts.js';
import { element } from './dom.js';

/** The box of one player: disc, name, rating, clock, what they say, and a remark. @param {HTMLElement} root @param {number} side */
export function playerView(root, side) {
  const box = root.appendChild(element('div', 'player'));
  const disc = box.appendChild(element('span', 'disc'));
  const who = box.appendChild(element('span', 'who'));
  const [name, rating] = ['name', 'rating'].map(kind => who.appendChild(element('span', kind)));
  const [clock, said, away] = ['clock', 'said', 'away'].map(kind => box.appendChild(element('span', kind)));
  const thinking = who.appendChild(element('span', 'thinking'));
  thinking.append(...[0, 1, 2].map(() => element('i')));
  thinking.setAttribute('aria-hidden', 'true');
  disc.dataset.side = String(side);
  name.dir = 'auto'; // What is cut off is its end.
  return { box, disc, name, rating, clock, said, away };
}

/** Shows who it is; an account's name leads to its page. Changes nothing that is so already, for the link may have the focus. @param {HTMLElement} on @param {{name: string, kind: string}} player */
export function showName(on, player) {
  const what = `${player.kind} ${player.name}`;
  if (on.dataset.who === what) return;
  on.dataset.who = what;
  if (player.kind !== 'account') return on.replaceChildren(nameOf(player));
  const link = element('a', '', player.name);
  link.href = at(`user/${encodeURIComponent(player.name)}`);
  on.replaceChildren(link);
}
