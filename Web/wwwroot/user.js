// The page of one account: what it is, and its games.
import { api } from './api.js';
import { colourIn, day, problemIn } from './texts.js';
import { element, find, say, subject } from './views/dom.js';
import { gamesView } from './views/games.js';
import { showSession } from './views/header.js';

const name = subject();

async function load() {
  const answer = await api.user(name);
  if (!answer.ok && answer.status !== 404) return say(find('#notice'), problemIn(answer));
  if (!answer.ok) return missing();
  show(answer.value);
  await gamesView(answer.value.name);
}

/** @param {import('./api.js').User} user */
function show(user) {
  document.title = `${user.name} – Connect Four`;
  say(find('#name'), user.name);
  const disc = element('span', 'disc');
  disc.dataset.colour = user.colour ?? '';
  const online = element('strong', user.online ? 'online' : '', user.online ? 'Here now' : 'Not here');
  find('#user .about').replaceChildren(online, ` · with an account since ${day(user.registeredAt)}`, ...user.colour ? [' · ', disc, ` ${colourIn(user.colour)}`] : []);
  find('#user .tallies').replaceChildren(tally('Record', user.record), ...user.against ? [tally('Your record against them', user.against)] : []);
  find('#user').hidden = false;
}

/** @param {string} label @param {import('./api.js').Tally} record */
function tally(label, { wins, losses, draws }) {
  const row = element('div');
  const value = element('dd');
  for (const [count, word] of [[wins, 'won'], [losses, 'lost'], [draws, 'drawn']]) {
    const part = value.appendChild(element('span'));
    part.append(element('b', '', String(count)), ` ${word}`);
  }
  row.append(element('dt', '', label), value);
  return row;
}

function missing() {
  document.title = 'No such account – Connect Four';
  say(find('#name'), name);
  find('#missing').hidden = false;
}

await Promise.all([load(), api.session().then(showSession)]);
