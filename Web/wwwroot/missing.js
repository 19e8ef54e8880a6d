// Where nothing is.
import { api } from './api.js';
import { showSession } from './views/header.js';

showSession(await api.session());
