// Who we are to the server: the account that is logged in, or the guest that this tab was, or the name that a person has just asked for.
import { api } from './api.js';
import { tellOthers } from './elsewhere.js';
import { make } from './protocol.js';
import { refusal } from './texts.js';

const askAgainAfter = 1_000;
/** Refusals that say that the server has trouble, not that we are not welcome. */
const troubles = new Set(['overloaded', 'pending', 'rate_limited', 'unavailable']);

/**
 * @param {object} actions
 * @param {() => void} actions.introduce say hello to the server
 * @param {() => void} actions.unreachable the server does not answer; it is asked again
 * @param {(why: string) => void} actions.askForName why: what was wrong with what we were, or nothing
 */
export function identity({ introduce, unreachable, askForName }) {
  /** The name that a person has just asked for; once welcomed, the token speaks for them. @type {string|null} */
  let wanted = null;
  /** Whether this browser is logged in to an account: then its cookie speaks for us. */
  let hasAccount = false;

  /** Asks who we are, and says hello as them, or asks for a name. */
  async function begin() {
    const session = await api.session();
    if (!session.ok && session.code === 'unreachable') {
      unreachable();
      return void setTimeout(begin, askAgainAfter);
    }
    hasAccount = session.ok && session.value.account !== null;
    if (hasAccount || sessionStorage.token) introduce();
    else askForName('');
  }

  return {
    begin,
    /** What to say first, or null while nobody has a name. */
    hello: () => hasAccount ? make.account() : wanted ? make.hello(wanted) : sessionStorage.token ? make.resume(sessionStorage.token) : null,
    /** @param {string} name */
    want(name) {
      wanted = name;
      introduce();
    },
    /** @param {import('./protocol.js').Welcome} message */
    welcome(message) {
      wanted = null;
      if (message.token) Object.assign(sessionStorage, { token: message.token, name: message.name });
      else delete sessionStorage.token;
      tellOthers(message.token ? message.name : '');
    },
    /** @param {string} code */
    refused(code) {
      if (code === 'already_connected') return; // We tried twice, and the first was accepted.
      if (troubles.has(code)) return void setTimeout(introduce, askAgainAfter);
      delete sessionStorage.token;
      tellOthers('');
      hasAccount = false;
      wanted = null;
      askForName(refusal(code));
    },
  };
}
