// A Connect Four server as the tutorial describes it: users in a map, the whole list to everybody at every change, challenges, moves, and a check for a win. Nothing is written down.
// node tutorial.js PORT
import { WebSocketServer } from 'ws';

const users = new Map(); // name -> { name, state, socket }
const games = new Map(); // id -> { id, players, board, moves }
let lastGame = 0;

const say = (socket, message) => socket.send(JSON.stringify(message));

function sayUsers() {
  const list = JSON.stringify({ type: 'user_list', users: [...users.values()].map(({ name, state }) => ({ name, state })) });
  for (const { socket } of users.values()) socket.send(list);
}

function hasWon(board, column, row, player) {
  for (const [dx, dy] of [[1, 0], [0, 1], [1, 1], [1, -1]]) {
    let count = 1;
    for (const way of [1, -1])
      for (let n = 1; board[column + way * n * dx]?.[row + way * n * dy] === player; n++) count++;
    if (count >= 4) return true;
  }
  return false;
}

const handlers = {
  new_connection(socket, { username }) {
    if (typeof username !== 'string' || users.has(username)) return say(socket, { type: 'error', code: 'name_taken' });
    socket.user = { name: username, state: 'AVAILABLE', socket };
    users.set(username, socket.user);
    say(socket, { type: 'welcome', name: username });
    sayUsers();
  },
  challenge(socket, { opponent }) {
    const [one, other] = [socket.user, users.get(opponent)];
    if (!one || !other || one === other) return say(socket, { type: 'error', code: 'unknown_user' });
    if (one.state !== 'AVAILABLE' || other.state !== 'AVAILABLE') return say(socket, { type: 'error', code: 'opponent_is_busy' });
    one.state = 'INVITATION_SENT';
    other.state = 'INVITATION_RECEIVED';
    say(one.socket, { type: 'invitation', status: 'sent', from: one.name, to: other.name });
    say(other.socket, { type: 'invitation', status: 'received', from: one.name, to: other.name });
    sayUsers();
  },
  accept(socket, { opponent }) {
    const [one, other] = [socket.user, users.get(opponent)];
    if (one?.state !== 'INVITATION_RECEIVED' || other?.state !== 'INVITATION_SENT') return say(socket, { type: 'error', code: 'no_such_invitation' });
    one.state = other.state = 'PLAYING';
    const game = { id: String(++lastGame), players: [one, other], board: Array.from({ length: 7 }, () => []), moves: 0 };
    games.set(game.id, game);
    for (const player of game.players) say(player.socket, { type: 'game', game: game.id, players: game.players.map(({ name }) => name) });
    sayUsers();
  },
  move(socket, { game: id, ply, column, id: re }) {
    const game = games.get(id);
    const side = game ? game.players.indexOf(socket.user) : -1;
    if (side < 0) return say(socket, { type: 'error', re, code: 'not_found' });
    if (ply !== game.moves || game.moves % 2 !== side) return say(socket, { type: 'error', re, code: 'not_your_turn' });
    const stack = game.board[column - 1];
    if (!stack || stack.length === 6) return say(socket, { type: 'error', re, code: 'column_full' });
    stack.push(side);
    game.moves++;
    for (const player of game.players) say(player.socket, { type: 'moved', game: id, ply, player: side, column, row: stack.length });
    say(socket, { type: 'ok', re });
    const won = hasWon(game.board, column - 1, stack.length - 1, side);
    if (!won && game.moves < 42) return;
    games.delete(id);
    for (const player of game.players) player.state = 'AVAILABLE';
    for (const player of game.players) say(player.socket, { type: 'game_over', game: id, winner: won ? side : null });
    sayUsers();
  },
};

new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]) }).on('connection', socket => {
  socket.on('message', text => {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return say(socket, { type: 'error', code: 'bad_json' });
    }
    handlers[message.type]?.(socket, message);
  });
  socket.on('close', () => {
    if (socket.user && users.delete(socket.user.name)) sayUsers();
  });
}).on('listening', () => console.log('listening'));
