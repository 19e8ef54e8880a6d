#!/usr/bin/env python3
"""A Connect Four bot in one file, with nothing but Python's standard library.

    python3 examples/bot.py Robo                # waits for challenges
    python3 examples/bot.py Robo Alice          # challenges Alice, and waits for her if she is not there

It plays one game and says how it went. The protocol is docs/protocol.md.
"""
import argparse, base64, json, os, socket, ssl, struct, sys, time, urllib.parse


class WebSocket:
    """As much of RFC 6455 as this client needs: text out, text in, pings answered. The server does not fragment its messages."""

    def __init__(self, url):
        at = urllib.parse.urlsplit(url)
        secure = at.scheme == "wss"
        self.socket = socket.create_connection((at.hostname, at.port or (443 if secure else 80)))
        if secure:
            self.socket = ssl.create_default_context().wrap_socket(self.socket, server_hostname=at.hostname)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {at.path} HTTP/1.1\r\nHost: {at.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: connect-four.v1\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        status = self.stream.readline().decode().strip()
        if " 101 " not in status:
            sys.exit(f"The server refused the upgrade: {status}")
        while self.stream.readline().strip():
            pass

    def send(self, message, opcode=1):
        payload = message if isinstance(message, bytes) else json.dumps(message).encode()
        size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack(">H", len(payload))
        mask = os.urandom(4)  # a client has to mask what it sends
        self.socket.sendall(bytes([0x80 | opcode]) + size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)))

    def read(self, size):
        data = self.stream.read(size)
        if len(data) < size:
            sys.exit("The connection was lost.")
        return data

    def receive(self):
        while True:
            first, second = self.read(2)
            size = second & 127
            if size == 126:
                size, = struct.unpack(">H", self.read(2))
            elif size == 127:
                size, = struct.unpack(">Q", self.read(8))
            payload = self.read(size)
            if first & 15 == 1:
                return json.loads(payload)
            if first & 15 == 8:
                sys.exit(f"The server closed the connection: {struct.unpack('>H', payload[:2])[0] if payload else 'no reason'}")
            if first & 15 == 9:
                self.send(payload, opcode=10)


def heights(moves):
    return [moves.count(str(column)) for column in range(1, 8)]


def wins(moves, side):
    """Whether the player of that side has four in line."""
    discs, height = set(), [0] * 8
    for ply, column in enumerate(map(int, moves)):
        if ply % 2 == side:
            discs.add((column, height[column]))
        height[column] += 1
    return any(all((x + i * dx, y + i * dy) in discs for i in range(4)) for x, y in discs for dx, dy in ((1, 0), (0, 1), (1, 1), (1, -1)))


def choose(moves):
    """Win if possible, else block, else stay near the centre without giving the win away."""
    me = len(moves) % 2
    free = [column for column in (4, 3, 5, 2, 6, 1, 7) if heights(moves)[column - 1] < 6]
    elsewhere = lambda column: next((other for other in free if other != column), column)
    for column in free:
        if wins(moves + str(column), me):
            return column
    for column in free:
        # As if we passed: a disc of ours somewhere else, then the opponent's here.
        if wins(moves + str(elsewhere(column)) + str(column), 1 - me):
            return column
    safe = [column for column in free if not wins(moves + str(column) * 2, 1 - me)]
    return (safe or free)[0]


def play(line, name, opponent):
    line.send({"type": "new_connection", "username": name, "id": "hello"})
    game = side = None
    while True:
        message = line.receive()
        kind = message["type"]
        if kind == "welcome" and opponent:
            line.send({"type": "challenge", "opponent": opponent, "id": "challenge"})
        elif kind == "error":
            # The id says which of our questions failed. Accepting or moving too late is no harm: what came first is told as well.
            print(f"{message['code']}: {message['message']}")
            if message.get("re") == "challenge" and message["code"] in ("unknown_user", "you_are_busy", "opponent_is_busy"):
                time.sleep(1)  # they may come, or become free
                line.send({"type": "challenge", "opponent": opponent, "id": "challenge"})
            elif message.get("re") in ("hello", "challenge"):
                sys.exit(1)
        elif kind == "invitation":
            print(f"{message['from']} -> {message['to']}: {message['status']}")
            if message["status"] == "received":
                line.send({"type": "accept", "opponent": message["from"], "id": "accept"})
            elif message["status"] != "accepted" and message["from"] == name and message["status"] != "sent":
                sys.exit(1)  # they do not want to play
        elif kind == "game":
            game = message  # a whole game replaces what we have
            side = [player["name"] for player in game["players"]].index(name)
        elif kind == "moved" and game and message["game"] == game["game"] and message["version"] > game["version"]:
            if message["version"] > game["version"] + 1:  # something was lost: ask for the whole
                line.send({"type": "ping", "games": [{"game": game["game"], "version": game["version"]}]})
                continue
            print(f"{game['players'][message['player']]['name']}: column {message['column']}, row {message['row']}")
            game.update(version=message["version"], moves=game["moves"] + str(message["column"]), toMove=1 - message["player"])
        elif kind == "game_over" and game and message["game"] == game["game"]:
            winner = message["winner"]
            print("A draw." if winner is None else f"{game['players'][winner]['name']} won ({message['reason']}).")
            return

        # Only these two can make it our turn; the answer to our own move says nothing that they do not.
        if kind in ("game", "moved") and game and game["toMove"] == side:
            line.send({"type": "move", "game": game["game"], "ply": len(game["moves"]), "column": choose(game["moves"]), "id": "move"})


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("name")
    options.add_argument("opponent", nargs="?")
    options.add_argument("--url", default="ws://localhost:8080/ws")
    options = options.parse_args()
    try:
        play(WebSocket(options.url), options.name, options.opponent)
    except OSError as problem:
        sys.exit(f"No connection to {options.url}: {problem}")


main()
