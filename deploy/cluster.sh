#!/usr/bin/env bash
# A whole cluster on this machine, to look at and to break: deploy/cluster.sh up | down
# Redis, PostgreSQL, three nodes and nginx in front, on loopback only, from port 8080 on (CONNECTFOUR_CLUSTER_PORT for another).
# Everything it keeps is in one temporary folder, which goes with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

port=${CONNECTFOUR_CLUSTER_PORT:-8080}
folder=${TMPDIR:-/tmp}/connect-four-cluster-$port
nodes=(1 2 3)
address=http://localhost:$port

fail() { printf 'cluster.sh: %s\n' "$1" >&2; exit 1; }

# PostgreSQL refuses to run as root.
owner() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }

# run NAME COMMAND...: in the background, until it is told to stop.
run() {
    local name=$1
    shift
    (cd / && exec setsid "$@" >"$folder/$name.log" 2>&1 </dev/null) &
    echo $! >"$folder/$name.pid"
}

# await WHAT COMMAND...: until it succeeds, for a minute at most.
await() {
    local what=$1
    shift
    for _ in $(seq 300); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
    tail -n 20 "$folder"/*.log >&2 || true
    fail "$what does not start"
}

up() {
    [ ! -e "$folder" ] || fail "there is one already: deploy/cluster.sh down"
    local programs needed
    programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1) || true
    PATH=$PATH:$programs
    for needed in dotnet redis-server redis-cli initdb postgres nginx curl; do command -v "$needed" >/dev/null || fail "$needed is missing"; done
    mkdir -m 755 "$folder"
    trap 'code=$?; [ $code = 0 ] || down; exit $code' EXIT
    dotnet publish Web -c Release -o "$folder/server" -v quiet

    mkdir "$folder/postgres"
    [ "$(id -u)" != 0 ] || chown postgres:postgres "$folder/postgres"
    owner "$(command -v initdb)" -D "$folder/postgres/data" -A trust -U connect_four -E UTF8 --locale C >/dev/null
    run postgres bash -c "$(declare -f owner); owner '$(command -v postgres)' -D '$folder/postgres/data' -c listen_addresses= -c unix_socket_directories='$folder/postgres' -c max_connections=300"
    run redis redis-server --bind 127.0.0.1 --port $((port + 10)) --save '' --appendonly no --dir "$folder"
    await PostgreSQL pg_isready -q -h "$folder/postgres"
    await Redis redis-cli -p $((port + 10)) ping
    createdb -h "$folder/postgres" -U connect_four connect_four

    export ConnectionStrings__Accounts="Host=$folder/postgres;Username=connect_four;Database=connect_four" ConnectionStrings__Redis=127.0.0.1:$((port + 10))
    export ConnectFour__Proxies=127.0.0.1 ConnectFour__Accounts__PlainHttp=true
    dotnet "$folder/server/ConnectFour.Web.dll" migrate
    for node in "${nodes[@]}"; do
        run "node$node" dotnet "$folder/server/ConnectFour.Web.dll" --urls "http://127.0.0.1:$((port + node))"
        await "node $node" curl -fs "http://127.0.0.1:$((port + node))/health/ready"
    done

    mkdir "$folder/nginx"
    cat >"$folder/nginx.conf" <<CONF
daemon off;
pid $folder/nginx/pid;
error_log stderr;
events { worker_connections 4096; }
http {
    access_log off;
    client_body_temp_path $folder/nginx/body;
    proxy_temp_path $folder/nginx/proxy;
    fastcgi_temp_path $folder/nginx/fastcgi;
    uwsgi_temp_path $folder/nginx/uwsgi;
    scgi_temp_path $folder/nginx/scgi;
    client_max_body_size 16k;
    map \$http_upgrade \$connection_upgrade { default upgrade; '' ''; }
    # In turns, whoever it is: no node is anybody's.
    upstream nodes {
$(for node in "${nodes[@]}"; do echo "        server 127.0.0.1:$((port + node)) max_fails=1 fail_timeout=2s;"; done)
        keepalive 32;
    }
    server {
        listen 127.0.0.1:$port;
        location / {
            proxy_pass http://nodes;
            proxy_http_version 1.1;
            proxy_connect_timeout 2s;
            proxy_next_upstream error timeout http_503;
            proxy_set_header Upgrade \$http_upgrade;
            proxy_set_header Connection \$connection_upgrade;
            proxy_set_header Host \$http_host;
            proxy_set_header X-Forwarded-For \$remote_addr;
            proxy_set_header X-Forwarded-Proto \$scheme;
            proxy_read_timeout 75s;
            proxy_send_timeout 75s;
            proxy_buffering off;
        }
    }
}
CONF
    run nginx nginx -c "$folder/nginx.conf"
    await nginx curl -fs "$address/health/live"
    printf '%s\n' "$address"
    printf '%s\n' "Kill a node: kill -9 \$(cat $folder/node2.pid)    Empty Redis: redis-cli -p $((port + 10)) flushall    Logs: $folder/*.log"
}

down() {
    local name pid
    for name in nginx node3 node2 node1 redis postgres; do
        [ -e "$folder/$name.pid" ] || continue
        pid=$(cat "$folder/$name.pid")
        # Of a group of its own, so that it takes along what it has started. PostgreSQL waits for nobody at SIGINT.
        kill -"$([ "$name" = postgres ] && echo INT || echo TERM)" -- "-$pid" 2>/dev/null || continue
        for _ in $(seq 150); do kill -0 -- "-$pid" 2>/dev/null || break; sleep 0.2; done
        kill -KILL -- "-$pid" 2>/dev/null || true
    done
    rm -rf "$folder"
}

case "${1:-}" in
    up) up ;;
    down) down ;;
    *) fail 'up or down?' ;;
esac
