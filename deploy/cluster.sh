#!/usr/bin/env bash
# A whole cluster on this machine, to look at and to break: Redis, PostgreSQL, three nodes, and nginx in front, on loopback only.
#   deploy/cluster.sh up            starts it and prints the address
#   deploy/cluster.sh kill NAME     kills one of it: node1, node2, node3, redis, postgres or nginx
#   deploy/cluster.sh start NAME    starts that again
#   deploy/cluster.sh down          ends it, and leaves nothing of it
# Five ports from CONNECTFOUR_CLUSTER_PORT (8080) on are its own, and one folder in TMPDIR (/tmp).
# The server is built, unless CONNECTFOUR_CLUSTER_SERVER is a folder with a published one.
set -euo pipefail
umask 022
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

port=${CONNECTFOUR_CLUSTER_PORT:-8080}
folder=$(realpath -m "${TMPDIR:-/tmp}")/connect-four-cluster-$port
server=${CONNECTFOUR_CLUSTER_SERVER:+$(realpath -m "$CONNECTFOUR_CLUSTER_SERVER")}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd / # Where everybody may be, whoever it runs as.

declare -A ports=([nginx]=$port [node1]=$((port + 1)) [node2]=$((port + 2)) [node3]=$((port + 3)) [redis]=$((port + 4))) # PostgreSQL has a socket in the folder.
export ConnectionStrings__Accounts="Host=$folder/postgres;Username=connect_four;Database=connect_four" ConnectionStrings__Redis=127.0.0.1:${ports[redis]}
export ConnectFour__Proxies=127.0.0.1 ConnectFour__Accounts__PlainHttp=true
unset "${!PG@}" # They would tell PostgreSQL's programs of another one.

# On Debian neither nginx nor PostgreSQL's programs are on everybody's path, and PostgreSQL refuses to run as root.
programs=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
PATH=$PATH:/usr/sbin:$programs
owner=()
[ "$(id -u)" != 0 ] || owner=(setpriv --reuid=postgres --regid=postgres --clear-groups)

fail() { printf 'cluster.sh: %s\n' "$1" >&2; exit 1; }

# identity PID: what no other process has, on this boot of the machine or another; nothing once it has ended.
identity() {
    local stat fields
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    read -ra fields <<<"${stat##*) }"
    [ "${fields[0]}" = Z ] || echo "$1 began ${fields[19]} after $(</proc/sys/kernel/random/boot_id)"
}

# run NAME COMMAND...: in the background, out of this terminal's reach.
run() {
    setsid "${@:2}" >>"$folder/$1.log" 2>&1 </dev/null &
    identity $! >"$folder/$1.pid"
}

# lives NAME: and nobody else has got its number.
lives() {
    local began
    began=$(cat "$folder/$1.pid" 2>/dev/null) && [ -n "$began" ] && [ "$(identity "${began%% *}")" = "$began" ]
}

# await NAME COMMAND...: until it succeeds, while NAME lives, for a minute at most.
await() {
    local end=$((SECONDS + 60))
    while lives "$1" && [ $SECONDS -lt $end ]; do
        ! "${@:2}" >/dev/null 2>&1 || return 0
        sleep 0.2
    done
    tail -n 20 "$folder/$1.log" >&2
    fail "$1 does not start"
}

# stop NAME SIGNAL: the whole group, for half a minute; then it is killed.
stop() {
    local pid signal
    for signal in "$2" KILL; do
        lives "$1" || return 0
        read -r pid _ <"$folder/$1.pid"
        kill -"$signal" -- "-$pid" 2>/dev/null || kill -"$signal" "$pid" 2>/dev/null || true # It has no group of its own yet.
        for _ in {1..150}; do lives "$1" || return 0; sleep 0.2; done
    done
}

# answers NAME PATH
answers() { curl --noproxy '*' -fs --max-time 2 "http://127.0.0.1:${ports[$1]}$2"; }

# start NAME: until it does its work.
start() {
    case $1 in
        postgres)
            run postgres "${owner[@]}" postgres -D "$folder/postgres/data" -c listen_addresses= -c unix_socket_directories="$folder/postgres" -c max_connections=300
            await postgres pg_isready -q -h "$folder/postgres"
            ;;
        redis)
            run redis redis-server --bind 127.0.0.1 --port "${ports[redis]}" --save '' --appendonly no --dir "$folder"
            await redis redis-cli -p "${ports[redis]}" ping
            ;;
        node?)
            run "$1" dotnet "$folder/server/ConnectFour.Web.dll" --urls "http://127.0.0.1:${ports[$1]}"
            await "$1" answers "$1" /health/ready
            ;;
        nginx)
            run nginx nginx -p "$folder/nginx/" -c nginx.conf
            await nginx answers nginx /health/live
            ;;
    esac
}

# How to pass requests on is what the example says.
nginx_conf() {
    local example=$root/deploy/nginx.conf node
    cat <<CONF
daemon off; pid pid; error_log stderr;
events { worker_connections 4096; }
http {
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    client_max_body_size 16k;
$(sed -n '/^map/,/^}/p' "$example")
    upstream connect_four {
$(for node in node1 node2 node3; do sed -n "s/server 127.0.0.1:8080/server 127.0.0.1:${ports[$node]}/p" "$example"; done)
        keepalive 32;
    }
    server {
        listen 127.0.0.1:$port;
$(sed -n '/^    location/,/^    }/p' "$example")
    }
}
CONF
}

up() {
    local name
    [ ! -e "$folder" ] || fail "there is one already: $0 down"
    for name in dotnet redis-server redis-cli initdb postgres createdb nginx curl; do command -v "$name" >/dev/null || fail "$name is missing"; done
    for name in "${ports[@]}"; do ! (: <"/dev/tcp/127.0.0.1/$name") 2>/dev/null || fail "port $name is taken"; done

    mkdir -m 755 "$folder"
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    trap 'code=$?; trap "" INT TERM HUP; down; exit $code' EXIT
    if [ -n "$server" ]; then ln -s "$server" "$folder/server"; else (cd "$root" && dotnet publish Web -c Release -o "$folder/server" -v quiet); fi

    mkdir -m 700 "$folder/postgres"
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$folder/postgres"
    "${owner[@]}" initdb -D "$folder/postgres/data" -A trust -U connect_four -E UTF8 --locale C >/dev/null
    start postgres
    createdb -h "$folder/postgres" -U connect_four connect_four
    dotnet "$folder/server/ConnectFour.Web.dll" migrate >/dev/null
    mkdir "$folder/nginx"
    nginx_conf >"$folder/nginx/nginx.conf"
    for name in redis node1 node2 node3 nginx; do start "$name"; done
    trap - EXIT

    local again=${CONNECTFOUR_CLUSTER_PORT:+CONNECTFOUR_CLUSTER_PORT=$port }$0
    printf '%s\n' "http://127.0.0.1:$port" \
        "Kill a node: $again kill node2    Start it again: $again start node2    Empty Redis: redis-cli -p ${ports[redis]} flushall" \
        "Logs: $folder/*.log    End it: $again down"
}

down() {
    local name
    for name in nginx node3 node2 node1 redis; do stop "$name" TERM; done
    stop postgres INT # At TERM it would wait for whoever looks at it.
    rm -rf "$folder"
}

# crash NAME: PostgreSQL in its own way, after which nobody takes its lock for that of one who lives.
crash() { if [ "$1" = postgres ]; then stop postgres QUIT; else stop "$1" KILL; fi; }

# one NAME: is one of a cluster that is up.
one() {
    case $1 in node[123] | redis | postgres | nginx) ;; *) fail 'which one: node1, node2, node3, redis, postgres or nginx?' ;; esac
    [ -e "$folder" ] || fail "there is none: $0 up"
}

[ ! -e "$folder" ] || [ -O "$folder" ] || fail "$folder is somebody else's"
case "${1:-}" in
    up) up ;;
    down) down ;;
    kill) one "${2:-}"; crash "$2" ;;
    start) one "${2:-}"; ! lives "$2" || fail "$2 is running"; start "$2" ;;
    *) fail 'up, down, kill NAME or start NAME?' ;;
esac
